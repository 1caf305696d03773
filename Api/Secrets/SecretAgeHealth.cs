using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedStack.Api.Secrets;

/// <summary>Names the secrets that are overdue; they work, so the service is degraded at most.</summary>
internal sealed class SecretAgeHealth(SecretAges ages) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var overdue = string.Join(", ", ages.Overdue.Select(secret => secret.Name).Order(StringComparer.Ordinal));
        return Task.FromResult(overdue.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Older than {ages.Limit.TotalDays:0} days: {overdue}."));
    }
}
