using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Erases a tenant's rows and record, and proves it. A start that comes later does not bring the tenant back.</summary>
internal sealed class TenantErasure(CustomerServer server, TextWriter log)
{
    private const string Tables =
        """
        select distinct table_name::text from information_schema.columns
        where table_schema = current_schema() and column_name = 'tenant_id' order by 1
        """;

    /// <summary>Erases; may be repeated, after an interruption too. The record goes last.</summary>
    public async Task<ErasureProof> EraseAsync(string key, CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var owner = await StorageLock.TakeAsync(server, cancellation);
        var store = await TenantRegistry.StoreAsync(shared, cancellation);
        await ErasedTenants.MarkAsync(owner, key, store == Store.Shared ? null : $"{store.Database}.{store.Schema}", cancellation);
        var places = new List<Remainder>();
        foreach (var table in await owner.ListAsync<string>(Tables, cancellation))
        {
            var quoted = new NpgsqlCommandBuilder().QuoteIdentifier(table);
            await owner.ExecuteAsync($"delete from {quoted} where tenant_id = $1", cancellation, key);
            places.Add(new($"customer.{table}", await owner.ScalarAsync<long>($"select count(*) from {quoted} where tenant_id = $1", cancellation, key)));
        }

        // Your own database, where nothing is written: as it was noted, for the record may be gone since.
        if (await ErasedTenants.LeftInAsync(owner, key, cancellation) is { } place)
        {
            places.Add(new(place, Left: null));
        }

        await TenantRegistry.DeleteAsync(shared, key, cancellation);
        await Announcement.TellAsync(shared, log, cancellation);
        foreach (var (table, column) in new[] { ("tenants", "key"), ("entitlements", "tenant") })
        {
            places.Add(new($"embedstack.shared.{table}", await shared.ScalarAsync<long>($"select count(*) from shared.{table} where {column} = $1", cancellation, key)));
        }

        places.Add(new("customer.erased_tenants", 1, "the bare key, so that no start brings the tenant back"));
        return new ErasureProof(places);
    }
}
