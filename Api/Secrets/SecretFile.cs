using System.Globalization;

namespace EmbedStack.Api.Secrets;

/// <summary>
/// A secret in a file: first line the current value, second line, where there is one, the previous, third line until when
/// that one counts. The file is read again when it changes, so a secret rotates without a restart.
/// </summary>
internal sealed class SecretFile
{
    private const string Until = "until ";
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly int _shortest;
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _stamp;
    private Secret _secret;
    private DateTimeOffset _end;

    private SecretFile(string path, int shortest, TimeProvider time)
    {
        (_path, _shortest, _time) = (path, shortest, time);
        _stamp = Stamp();
        (_secret, _end) = Read();
    }

    public Secret Value
    {
        get
        {
            lock (_lock)
            {
                Refresh();
                return _secret.Previous is null || _time.GetUtcNow() < _end ? _secret : _secret with { Previous = null };
            }
        }
    }

    /// <param name="configuration">Where the file's path stands.</param>
    /// <param name="key">Under which name.</param>
    /// <param name="shortest">The fewest characters of a value. Of a file that changes to shorter ones the former values stay.</param>
    /// <param name="time">What the former value's end is held against.</param>
    /// <exception cref="InvalidOperationException">There is no such file, or it holds no such secret.</exception>
    public static SecretFile From(IConfiguration configuration, string key, int shortest = 1, TimeProvider? time = null) =>
        configuration[key] is { Length: > 0 } path && File.Exists(path)
            ? new SecretFile(path, shortest, time ?? TimeProvider.System)
            : throw new InvalidOperationException($"{key} does not name a file.");

    // A file that is away or half written for a moment must not take the value that works.
    private void Refresh()
    {
        try
        {
            var stamp = Stamp();
            if (stamp != _stamp)
            {
                ((_secret, _end), _stamp) = (Read(), stamp);
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

    private (Secret Secret, DateTimeOffset End) Read()
    {
        var lines = File.ReadAllLines(_path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return lines.Length > 0 && lines.Take(2).All(value => value.Length >= _shortest)
            ? (new Secret(lines[0], lines.ElementAtOrDefault(1)), End(lines.ElementAtOrDefault(2)))
            : throw new InvalidOperationException($"{_path} is empty, or holds a secret of less than {_shortest} characters.");
    }

    // What cannot be read as a time is over.
    private static DateTimeOffset End(string? line) => line switch
    {
        null => DateTimeOffset.MaxValue,
        _ when line.StartsWith(Until, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(Until.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_000 =>
            DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => DateTimeOffset.MinValue,
    };
}
