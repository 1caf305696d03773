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

    /// <summary>The text after a line's timestamp.</summary>
    internal static string Strip(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && DateTime.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, out _) ? line[(space + 1)..] : line;
    }
}
