using EmbedStack.Api.Http;
using Microsoft.Extensions.Caching.Memory;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// What could not be made a moment ago: whoever asks for the same hears the same at once, and neither Superset nor the audit
/// of it.
/// </summary>
internal sealed class FailedMakings(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly MemoryCache _failed = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <exception cref="ProblemException">It failed a moment ago.</exception>
    public void Check(string key)
    {
        if (_failed.TryGetValue(key, out Failure? failure) && time.GetUtcNow() < failure!.Until)
        {
            throw new ProblemException(failure.Cause.Problem, failure.Cause);
        }
    }

    /// <summary>Remembers what was a problem. What else went wrong is nothing that can be told again.</summary>
    public void Remember(string key, Exception stopped)
    {
        if (stopped is ProblemException cause)
        {
            _failed.Set(key, new Failure(cause, time.GetUtcNow() + Pause), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Pause });
        }
    }

    public void Dispose() => _failed.Dispose();

    private sealed record Failure(ProblemException Cause, DateTimeOffset Until);
}
