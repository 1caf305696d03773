using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Native.Postgres;

/// <summary>Short-lived connections of the AppHost itself.</summary>
internal static class PostgresConnection
{
    private const int TimeoutInSeconds = 5;

    public static async Task<NpgsqlConnection> OpenAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        var connectionString = new NpgsqlConnectionStringBuilder(
            await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false))
        {
            Pooling = false,
            Timeout = TimeoutInSeconds,
            CommandTimeout = TimeoutInSeconds,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
            // Without options of its own a connection takes those of PGOPTIONS.
            Options = "-c client_min_messages=warning",
        };
        connectionString.Database ??= "postgres";

        var connection = new NpgsqlConnection(connectionString.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
