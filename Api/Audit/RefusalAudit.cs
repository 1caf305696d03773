using System.Threading.RateLimiting;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.RateLimits;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Refusals that anybody can cause at will. Whom they come from, a person or a network (/24, /48), gets so many rows a
/// minute; what is beyond that is refused as well and counted, so that nobody fills the audit or keeps others out of it. An
/// attempt at another tenant has so many of its own: nobody hides one behind refusals that are easier to come by.
/// </summary>
internal sealed class RefusalAudit(AuditLog audit, AuditMetrics metrics) : IDisposable
{
    private const int RowsPerMinute = 60;

    private readonly PartitionedRateLimiter<string> _limiter = Limiters.PerMinute(RowsPerMinute);

    /// <param name="refusal">What was refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="origin">Where, if not at the app's: pages whose tokens have run out there take no rows from here.</param>
    /// <exception cref="ProblemException">The row was not written, as far as we know.</exception>
    public async Task WriteAsync(AuditEvent refusal, CancellationToken cancellationToken, string origin = "")
    {
        var attempt = refusal.Reason == AuditReason.OtherTenant ? refusal.Reason : "";
        using var lease = _limiter.AttemptAcquire($"{origin} {refusal.Subject ?? Networks.NameOf(refusal.Address)} {attempt}");
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
