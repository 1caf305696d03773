namespace Aspire.Hosting.Dcp;

/// <summary>The folder of one run, for the user alone.</summary>
internal sealed class DcpSession : IDisposable
{
    internal DcpSession()
    {
        // CreateTempSubdirectory makes the folder with mode 0700.
        Folder = Directory.CreateTempSubdirectory("aspire-dcp").FullName;
    }

    internal string Folder { get; }

    internal string Kubeconfig => Path.Combine(Folder, "kubeconfig");

    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            // DCP removes the folder itself when it ends.
        }
    }
}
