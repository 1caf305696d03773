using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Healthy when AUTH and PING are answered.</summary>
internal sealed class RedisHealthCheck(Func<string?> connectionString) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (connectionString() is not { } text)
        {
            return HealthCheckResult.Unhealthy("Connection string is unavailable");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var address = RedisAddress.Parse(text);
            await using var connection = new RedisConnection();
            await connection.OpenAsync(address, patience.Token).ConfigureAwait(false);
            if (address.Password is { } password)
            {
                await connection.SendAsync(["AUTH", password], patience.Token).ConfigureAwait(false);
            }

            await connection.SendAsync(["PING"], patience.Token).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, ex.Message, ex);
        }
    }
}
