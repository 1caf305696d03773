using System.Threading.RateLimiting;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Refusals that anybody can cause at will. Whom they come from, a person or a network (/24, /48), gets so many rows a
/// minute; what is beyond that is refused as well and counted, so that nobody fills the audit or keeps others out of it.
/// </summary>
internal sealed class RefusalAudit(AuditLog audit, AuditMetrics metrics) : IDisposable
{
    private const int RowsPerMinute = 60;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(source =>
        RateLimitPartition.GetFixedWindowLimiter(source, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = RowsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    /// <exception cref="ProblemException">The row was not written, as far as we know.</exception>
    public async Task WriteAsync(AuditEvent refusal, CancellationToken cancellationToken)
    {
        using var lease = _limiter.AttemptAcquire(refusal.Subject ?? Networks.Of(refusal.Address) ?? "nowhere");
        if (lease.IsAcquired)
        {
            await audit.WriteAsync(refusal, cancellationToken);
        }
        else
        {
            metrics.LeaveOut(refusal.Kind);
        }
    }

    public void Dispose() => _limiter.Dispose();
}
