namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes what the AppHost says about a resource into its log.</summary>
internal sealed class BacklogLogger(IReadOnlyList<LogBacklog> logs) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var message = formatter(state, exception);
        var text = exception is null ? message : $"{message}{Environment.NewLine}{exception}";
        var stamped = $"{LogTimestamp.Now()} {text}";
        foreach (var log in logs)
        {
            log.Add(stamped, logLevel >= LogLevel.Error);
        }
    }
}

internal static class LogTimestamp
{
    internal static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A line's timestamp, in ticks; 0 where it has none.</summary>
    internal static long Of(string line) => TryRead(line, out var time, out _) ? time.UtcTicks : 0;

    /// <summary>The text after a line's timestamp.</summary>
    internal static string Strip(string line) => TryRead(line, out _, out var length) ? line[(length + 1)..] : line;

    private static bool TryRead(string line, out DateTimeOffset time, out int length)
    {
        length = line.IndexOf(' ', StringComparison.Ordinal);
        time = default;
        return length > 0 && DateTimeOffset.TryParse(line.AsSpan(0, length), CultureInfo.InvariantCulture, out time);
    }
}
