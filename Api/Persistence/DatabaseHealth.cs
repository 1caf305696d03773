using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace EmbedStack.Api.Persistence;

internal sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.ExecuteAsync("select 1", [], cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (DatabaseFailure.Is(exception))
        {
            return HealthCheckResult.Unhealthy("Postgres does not answer.", exception);
        }
    }
}
