using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>The ways in to the stack's own server: one database each, as the role that the work needs.</summary>
/// <param name="owner">Connection of customer_owner to the database customer.</param>
/// <param name="shared">Connection of customer_loader to the database embedstack.</param>
internal sealed class CustomerServer(string owner, string shared)
{
    public Task<NpgsqlConnection> OpenOwnerAsync(CancellationToken cancellation) => OpenAsync(owner, cancellation);

    public Task<NpgsqlConnection> OpenSharedAsync(CancellationToken cancellation) => OpenAsync(shared, cancellation);

    private static async Task<NpgsqlConnection> OpenAsync(string settings, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(settings);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
