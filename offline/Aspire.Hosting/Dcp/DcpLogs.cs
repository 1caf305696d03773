using System.Collections.Concurrent;
using Aspire.Hosting.Dcp.Model;

namespace Aspire.Hosting.Dcp;

/// <summary>Brings the logs that DCP keeps to those who read them. A log nobody has read stays in DCP.</summary>
internal sealed class DcpLogs(DcpClient client, DcpObjects objects, ResourceLoggerService loggers, ILogger<DcpLogs> logger)
{
    private static readonly string[] Sources = ["startup_stdout", "startup_stderr", "stdout", "stderr", "system"];

    private readonly ConcurrentDictionary<string, bool> _wanted = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Available> _available = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (string? Uid, CancellationTokenSource Stop)> _streams = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private CancellationToken _end;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        _end = cancellationToken;
        loggers.ReadEngineLines = ReadAllAsync;
        try
        {
            await foreach (var change in loggers.WatchAnySubscribersAsync(cancellationToken).ConfigureAwait(false))
            {
                if (change.AnySubscribers && _wanted.TryAdd(change.Name, true))
                {
                    Open(change.Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    internal void OnAvailable(string name, string plural, string? uid)
    {
        lock (_gate)
        {
            _available[name] = new Available(plural, uid);
        }

        if (_wanted.ContainsKey(name))
        {
            Open(name);
        }
    }

    /// <summary>A stream of a deleted object does not end by itself.</summary>
    internal void OnDeleted(string name)
    {
        lock (_gate)
        {
            _available.Remove(name);
            if (_streams.Remove(name, out var stream))
            {
                stream.Stop.Cancel();
            }
        }
    }

    private void Open(string name)
    {
        lock (_gate)
        {
            if (!_available.TryGetValue(name, out var available) || (_streams.TryGetValue(name, out var stream) && stream.Uid == available.Uid))
            {
                return;
            }

            stream.Stop?.Cancel();
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_end);
            _streams[name] = (available.Uid, stop);
            foreach (var source in Sources)
            {
                _ = Task.Run(() => PumpAsync(name, available.Plural, source, stop.Token), CancellationToken.None);
            }
        }
    }

    private async Task PumpAsync(string name, string plural, string source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in LinesAsync(name, plural, source, follow: true, cancellationToken).ConfigureAwait(false))
            {
                loggers.Append(name, line.Content, line.IsErrorMessage);
            }
        }
        catch (Exception ex) when (ex is OperationCanceledException or HttpRequestException or IOException)
        {
            logger.LogDebug(ex, "The log {Source} of {Name} ended.", source, name);
        }
    }

    private async IAsyncEnumerable<LogLine> ReadAllAsync(string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (objects.Find(name) is not { } workload)
        {
            yield break;
        }

        var plural = workload.IsContainer ? DcpContainer.Plural : DcpExecutable.Plural;
        foreach (var source in Sources)
        {
            await foreach (var line in LinesAsync(name, plural, source, follow: false, cancellationToken).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }

    private async IAsyncEnumerable<LogLine> LinesAsync(string name, string plural, string source, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await client.OpenLogAsync(plural, name, source, follow, cancellationToken).ConfigureAwait(false);
        if (stream is null)
        {
            yield break;
        }

        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return source == "system" ? SystemLine(line) : new LogLine(0, line, source is "stderr" or "startup_stderr");
        }
    }

    /// <summary>DCP's own remarks: time, level, category, message and details, separated by tabs.</summary>
    private static LogLine SystemLine(string line)
    {
        var parts = LogTimestamp.Strip(line).Split('\t');
        if (parts.Length < 4)
        {
            return new LogLine(0, line, false);
        }

        var details = parts.Length > 4 && parts[4].Length > 2 ? $" {parts[4]}" : "";
        return new LogLine(0, $"{parts[0]} [sys] {parts[3]}{details}", parts[1] == "error");
    }

    private sealed record Available(string Plural, string? Uid);
}
