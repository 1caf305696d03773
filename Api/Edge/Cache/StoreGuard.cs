using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>
/// Keeps what is only there to be quicker from making anything slower: within a second, or not at all; and after two
/// failures not again for a moment.
/// </summary>
internal sealed partial class StoreGuard
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1);
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;

    /// <param name="name">What the log calls it.</param>
    /// <param name="logger">The log.</param>
    /// <param name="patience">How long it may take; a second unless given.</param>
    public StoreGuard(string name, ILogger logger, TimeSpan? patience)
    {
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(2),
                BreakDuration = TimeSpan.FromSeconds(2),
                OnOpened = opened =>
                {
                    LogOpened(name, opened.Outcome.Exception?.GetBaseException().Message ?? "");
                    return default;
                },
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = patience ?? Usual })
            .Build();
    }

    /// <returns>What <paramref name="otherwise"/> says where the store does not answer.</returns>
    public async Task<T> TryAsync<T>(Func<CancellationToken, ValueTask<T>> call, T otherwise)
    {
        try
        {
            return await _pipeline.ExecuteAsync(call);
        }
        catch (Exception exception)
        {
            LogFailed(exception.GetBaseException().Message);
            return otherwise;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Name} does not answer, going on without it: {Cause}")]
    private partial void LogOpened(string name, string cause);

    [LoggerMessage(LogLevel.Debug, "Going on without the store: {Cause}")]
    private partial void LogFailed(string cause);
}
