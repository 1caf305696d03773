using System.Net;
using System.Threading.RateLimiting;

namespace EmbedStack.Api.Identity.BackChannel;

/// <summary>
/// Bounds how often an address may come with tokens that are not Keycloak's. Good ones are not counted: ending all
/// sessions of a realm is many of them at once.
/// </summary>
internal sealed class LogoutLimit : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = 60, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public bool IsReached(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(AddressOf(context), permitCount: 0);
        return !lease.IsAcquired;
    }

    public void CountRefusal(HttpContext context) => _limiter.AttemptAcquire(AddressOf(context)).Dispose();

    public void Dispose() => _limiter.Dispose();

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
