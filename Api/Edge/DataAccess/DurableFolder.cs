using System.Runtime.InteropServices;
using System.Text;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>
/// Flushes a folder itself: a file whose own bytes are on the disk is lost with the power all the same while its name is not.
/// .NET opens no folders. Windows needs none of it: NTFS journals names.
/// </summary>
internal static class DurableFolder
{
    /// <exception cref="IOException">It could not be flushed.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        try
        {
            if (folder < 0 || Synchronize(folder) != 0)
            {
                throw new IOException($"{path} could not be flushed: error {Marshal.GetLastPInvokeError()}.");
            }
        }
        finally
        {
            if (folder >= 0)
            {
                _ = Close(folder);
            }
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int folder);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int folder);
}
