namespace EmbedStack.Api.Secrets;

/// <summary>
/// A secret in a file: first line the current value, second line, where there is one, the previous. The file is read
/// again when it changes, so a secret rotates without a restart.
/// </summary>
internal sealed class SecretFile
{
    private readonly string _path;
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _stamp;
    private Secret _secret;

    private SecretFile(string path)
    {
        _path = path;
        _stamp = Stamp();
        _secret = Read();
    }

    public Secret Value
    {
        get
        {
            lock (_lock)
            {
                Refresh();
                return _secret;
            }
        }
    }

    public static SecretFile From(IConfiguration configuration, string key) =>
        configuration[key] is { Length: > 0 } path && File.Exists(path)
            ? new SecretFile(path)
            : throw new InvalidOperationException($"{key} does not name a file.");

    // A file that is away or half written for a moment must not take the value that works.
    private void Refresh()
    {
        try
        {
            var stamp = Stamp();
            if (stamp != _stamp)
            {
                (_secret, _stamp) = (Read(), stamp);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
        }
    }

    private (DateTime, long) Stamp()
    {
        var file = new FileInfo(_path);
        return (file.LastWriteTimeUtc, file.Exists ? file.Length : throw new IOException($"{_path} is gone."));
    }

    private Secret Read()
    {
        var lines = File.ReadAllLines(_path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return lines.Length > 0
            ? new Secret(lines[0], lines.ElementAtOrDefault(1))
            : throw new InvalidOperationException($"{_path} is empty.");
    }
}
