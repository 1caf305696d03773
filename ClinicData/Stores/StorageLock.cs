using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>One storage operation at a time, loads included; another waits for its turn.</summary>
internal static class StorageLock
{
    /// <returns>The connection that holds the lock until it is disposed of, clinic_owner's in the database clinic.</returns>
    public static async Task<NpgsqlConnection> TakeAsync(ClinicServer server, CancellationToken cancellation)
    {
        var connection = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
        try
        {
            await connection.ExecuteAsync("select pg_advisory_lock(hashtext('clinic-storage'))", cancellation);
            await connection.ExecuteAsync(SqlFiles.Read("bookkeeping.sql"), cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
