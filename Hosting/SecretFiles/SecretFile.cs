using System.Runtime.Versioning;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// Writes files whose first line is a secret's current value and whose second line, where there is one, the value before it.
/// </summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadableDirectory = Readable | OwnerDirectory | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Writes <paramref name="value"/> to <paramref name="path"/>, by an atomic rename. A different value that stands
    /// there already becomes the second line, so that what it signed stays valid until the next change. A file that holds
    /// the value already is left alone: its date of change is the value's age.
    /// </summary>
    /// <param name="path">The file to write; its folder and that folder's parent are made where they are missing.</param>
    /// <param name="value">The current value, one line.</param>
    /// <param name="readableByAll">
    /// Whether the file and its folder can be read by every user. The folder's parent, when this makes it, is the owner's alone.
    /// </param>
    /// <param name="cancellationToken">Ends the write; what stood there before then stays.</param>
    /// <exception cref="ArgumentException">The value has more than one line.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string value, bool readableByAll = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ArgumentException("A secret in a file is one line.", nameof(value));
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateFolder(Path.GetDirectoryName(folder), OwnerDirectory);
        CreateFolder(folder, readableByAll ? ReadableDirectory : OwnerDirectory);

        var former = File.Exists(path) ? await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false) : [];
        if (former is [var current, ..] && current == value)
        {
            Open(path, readableByAll);
            return;
        }

        var temporary = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        var writer = new StreamWriter(temporary, options);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(former is [{ Length: > 0 } previous, ..] ? $"{value}\n{previous}\n" : $"{value}\n").ConfigureAwait(false);
        }

        Open(temporary, readableByAll);
        File.Move(temporary, path, overwrite: true);
    }

    private static void Open(string file, bool toAll)
    {
        if (toAll && !OperatingSystem.IsWindows())
        {
            // The process' umask may have taken bits away at creation.
            File.SetUnixFileMode(file, Readable);
        }
    }

    private static void CreateFolder(string? folder, UnixFileMode mode)
    {
        if (folder is null || Directory.Exists(folder))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        CreateUnixFolder(folder, mode);
    }

    [UnsupportedOSPlatform("windows")]
    private static void CreateUnixFolder(string folder, UnixFileMode mode)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder, mode);
        File.SetUnixFileMode(folder, mode);
    }
}
