namespace EmbedStack.ServiceDefaults.Clients;

/// <summary>How long a client waits and how often it tries.</summary>
public sealed record ResilienceLimits
{
    /// <summary>Time to open a connection. Default: 3 seconds.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Time for one try, to the end of the answer's body. Default: 10 seconds.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for all tries and the pauses between them. Default: 20 seconds.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Further tries after the first, for idempotent requests only. Default: 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Pause before the first retry; it grows exponentially, with jitter. Default: 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);
}
