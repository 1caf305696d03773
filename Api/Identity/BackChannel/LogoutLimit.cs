using System.Threading.RateLimiting;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// Bounds how often a network may come with tokens that are not Keycloak's. Good ones are not counted: ending all
/// sessions of a realm is many of them at once.
/// </summary>
internal sealed class LogoutLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = 60, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public bool IsReached(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(NetworkOf(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    public void CountRefusal(HttpContext context) => _limiter.AttemptAcquire(NetworkOf(context)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static string NetworkOf(HttpContext context) => Networks.Of(context.Connection.RemoteIpAddress) ?? "nowhere";
}
