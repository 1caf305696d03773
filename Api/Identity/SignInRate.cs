using System.Threading.RateLimiting;

namespace EmbedStack.Api.Identity;

/// <summary>How often a minute a person may sign in: with a cookie of Keycloak's nobody is asked for anything, and each makes a session and a row.</summary>
internal sealed class SignInRate : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(subject =>
        RateLimitPartition.GetFixedWindowLimiter(subject, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = 60, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public bool Allows(string subject)
    {
        using var lease = _limiter.AttemptAcquire(subject);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
