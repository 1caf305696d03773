using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Native.Postgres;

/// <summary>Creates the databases of a server.</summary>
internal static class PostgresDatabases
{
    public static async Task CreateMissingAsync(NativePostgresServerResource server, CancellationToken cancellationToken)
    {
        var connection = await PostgresConnection.OpenAsync(server, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            foreach (var database in server.Databases)
            {
                await CreateIfMissingAsync(connection, database.DatabaseName, cancellationToken).ConfigureAwait(false);
            }
        }

        server.DatabasesCreated.TrySetResult();
    }

    private static async Task CreateIfMissingAsync(NpgsqlConnection connection, string database, CancellationToken cancellationToken)
    {
        using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", connection)
        {
            Parameters = { new() { Value = database } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
        {
            return;
        }

        using var quote = new NpgsqlCommand("SELECT format('CREATE DATABASE %I', $1::text)", connection)
        {
            Parameters = { new() { Value = database } },
        };
        var statement = (string)(await quote.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
#pragma warning disable CA2100 // The server quoted the name.
        using var create = new NpgsqlCommand(statement, connection) { CommandTimeout = 60 };
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
