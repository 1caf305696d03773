using EmbedStack.Renderer.Requests;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedStack.Renderer.Browser;

/// <summary>Whether Chromium runs, or starts.</summary>
internal sealed class ChromiumHealth(Chromium chromium) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await chromium.EnsureAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RenderingException exception)
        {
            return HealthCheckResult.Unhealthy(exception: exception.InnerException);
        }
    }
}
