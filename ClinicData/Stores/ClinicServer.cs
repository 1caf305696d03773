using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>The ways in to the server: one database each, as the role that the work needs.</summary>
/// <param name="owner">Connection of clinic_owner to the database clinic.</param>
/// <param name="loader">Connection of clinic_loader to the database clinic.</param>
/// <param name="shared">Connection of clinic_loader to the database embedstack.</param>
internal sealed class ClinicServer(string owner, string loader, string shared)
{
    /// <summary>The schema's owner, whom policies bind.</summary>
    public Task<NpgsqlConnection> OpenOwnerAsync(string database, CancellationToken cancellation) =>
        OpenAsync(new NpgsqlConnectionStringBuilder(owner) { Database = database }, cancellation);

    /// <summary>The one role that policies do not bind.</summary>
    public Task<NpgsqlConnection> OpenLoaderAsync(string database, CancellationToken cancellation) =>
        OpenAsync(new NpgsqlConnectionStringBuilder(loader) { Database = database }, cancellation);

    /// <summary>As <see cref="OpenLoaderAsync(string, CancellationToken)"/>, with the schema on the search path.</summary>
    public async Task<NpgsqlConnection> OpenLoaderAsync(Store store, CancellationToken cancellation)
    {
        var connection = await OpenLoaderAsync(store.Database, cancellation);
        await connection.UseSchemaAsync(store.Schema, cancellation);
        return connection;
    }

    /// <summary>
    /// As <see cref="OpenLoaderAsync(Store, CancellationToken)"/>, whose commits are not waited for: they are on disk
    /// with the next that is. For what nobody reads yet.
    /// </summary>
    public async Task<NpgsqlConnection> OpenBulkLoaderAsync(Store store, CancellationToken cancellation) =>
        await HurriedAsync(await OpenLoaderAsync(store, cancellation), cancellation);

    /// <summary>clinic_owner's counterpart of <see cref="OpenBulkLoaderAsync"/>.</summary>
    public async Task<NpgsqlConnection> OpenBuilderAsync(Store store, CancellationToken cancellation)
    {
        var connection = await OpenOwnerAsync(store.Database, cancellation);
        await connection.UseSchemaAsync(store.Schema, cancellation);
        return await HurriedAsync(connection, cancellation);
    }

    public Task<NpgsqlConnection> OpenSharedAsync(CancellationToken cancellation) =>
        OpenAsync(new NpgsqlConnectionStringBuilder(shared), cancellation);

    private static async Task<NpgsqlConnection> HurriedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await connection.SetAsync("synchronous_commit", "off", cancellation);
        return connection;
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder settings, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(settings.ConnectionString);
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
