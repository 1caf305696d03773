using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Native.Postgres;

/// <summary>
/// A server or a database is healthy when it lets the superuser in and answers. One that is still starting is asked again within
/// the same check: Aspire's next one comes only after seconds.
/// </summary>
internal sealed class NpgsqlHealthCheck(IResourceWithConnectionString resource, Task created) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        Exception? problem = null;
        try
        {
            await created.WaitAsync(patience.Token).ConfigureAwait(false);
            while ((problem = await AskAsync(patience.Token).ConfigureAwait(false)) is not null)
            {
                await Task.Delay(s_pause, patience.Token).ConfigureAwait(false);
            }

            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, problem?.Message ?? "no answer yet", problem);
        }
    }

    private async Task<NpgsqlException?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await PostgresConnection.OpenAsync(resource, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                using var command = new NpgsqlCommand("SELECT 1", connection);
                await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
                return null;
            }
        }
        catch (NpgsqlException exception)
        {
            return exception;
        }
    }
}
