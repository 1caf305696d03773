using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Erases a tenant's rows and record, and proves it. A start that comes later does not bring the tenant back.</summary>
internal sealed class TenantErasure(CustomerServer server, TextWriter log)
{
    // Rows go from tables; what shows them otherwise is counted after.
    private const string Relations =
        """
        select array[relname::text, (relkind in ('r', 'p'))::text]
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
        where nspname = current_schema() and relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition
        order by 1
        """;

    /// <summary>Erases; may be repeated, after an interruption too. The record goes last.</summary>
    public async Task<ErasureProof> EraseAsync(string key, CancellationToken cancellation)
    {
        await using var shared = await server.OpenSharedAsync(cancellation);
        await using var owner = await StorageLock.TakeAsync(server, cancellation);
        var store = await TenantRegistry.StoreAsync(shared, cancellation);
        await ErasedTenants.MarkAsync(owner, key, store == Store.Shared ? null : $"{store.Database}.{store.Schema}", cancellation);
        var places = new List<Remainder>();
        var relations = (await owner.ListAsync<string[]>(Relations, cancellation))
            .Select(row => (Name: row[0], Quoted: new NpgsqlCommandBuilder().QuoteIdentifier(row[0]), IsTable: row[1] == "true"))
            .ToArray();
        await using (var transaction = await owner.BeginTransactionAsync(cancellation))
        {
            foreach (var table in relations.Where(relation => relation.IsTable))
            {
                await owner.ExecuteAsync($"delete from {table.Quoted} where tenant_id = $1", cancellation, key);
            }

            await transaction.CommitAsync(cancellation);
        }

        foreach (var relation in relations)
        {
            places.Add(new($"customer.{relation.Name}", await owner.ScalarAsync<long>($"select count(*) from {relation.Quoted} where tenant_id = $1", cancellation, key)));
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
