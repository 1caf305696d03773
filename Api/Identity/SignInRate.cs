using System.Threading.RateLimiting;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Identity;

/// <summary>How often a minute a person may sign in: with a cookie of Keycloak's nobody is asked for anything, and each makes a session and a row.</summary>
internal sealed class SignInRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = Limiters.PerMinute(60);

    public bool Allows(string subject)
    {
        using var lease = _limiter.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
