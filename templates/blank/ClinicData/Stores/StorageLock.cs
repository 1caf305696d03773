using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>One storage operation at a time; another waits for its turn.</summary>
internal static class StorageLock
{
    /// <returns>The connection that holds the lock until it is disposed of, customer_owner's in the database customer.</returns>
    public static async Task<NpgsqlConnection> TakeAsync(CustomerServer server, CancellationToken cancellation)
    {
        var connection = await server.OpenOwnerAsync(cancellation);
        try
        {
            await connection.ExecuteAsync("select pg_advisory_lock(hashtext('customer-storage'))", cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
