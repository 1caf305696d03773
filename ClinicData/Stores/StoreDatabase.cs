using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Databases of tenants who have one of their own.</summary>
internal static class StoreDatabase
{
    private const string Template = "clinic_template";
    private const int DropAttempts = 6;

    /// <summary>Makes the database where it is missing; nobody connects before who may connect is set.</summary>
    public static async Task EnsureAsync(ClinicServer server, string database, CancellationToken cancellation)
    {
        if (database != Store.Shared.Database)
        {
            await using var administrator = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
            if (!await ExistsAsync(server, database, cancellation))
            {
                await administrator.ExecuteAsync($"create database {database} template {Template} allow_connections false", cancellation);
            }

            await administrator.ExecuteAsync($"revoke all on database {database} from public", cancellation);
            await administrator.ExecuteAsync(
                $"grant connect on database {database} to clinic_loader, clinic_reader, clinic_author", cancellation);
            await administrator.ExecuteAsync($"alter database {database} allow_connections true", cancellation);
        }

        await using var owner = await server.OpenOwnerAsync(database, cancellation);
        await owner.ExecuteAsync(SqlFiles.Read("bookkeeping.sql"), cancellation);
    }

    public static async Task<bool> ExistsAsync(ClinicServer server, string database, CancellationToken cancellation)
    {
        await using var connection = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
        return await connection.ScalarAsync<bool>(
            "select exists (select from pg_database where datname = $1)", cancellation, database);
    }

    /// <summary>Drops the database: nobody connects any more, and whoever is connected has 30 seconds to leave; the database clinic never.</summary>
    /// <exception cref="PostgresException">Somebody stayed (55006); it may be repeated.</exception>
    public static async Task DropAsync(ClinicServer server, string database, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(database, Store.Shared.Database);
        if (!await ExistsAsync(server, database, cancellation))
        {
            return;
        }

        await using var connection = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
        await connection.ExecuteAsync($"alter database {database} allow_connections false", cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Not "with (force)": the owner may end no reader's session, and nobody's while autovacuum, which has no role, is at
                // work there. Without, Postgres ends autovacuum by itself, and waits 5 s for the others.
                await connection.ExecuteAsync($"drop database if exists {database}", cancellation);
                return;
            }
            catch (PostgresException inUse) when (inUse.SqlState == PostgresErrorCodes.ObjectInUse && attempt < DropAttempts)
            {
            }
        }
    }
}
