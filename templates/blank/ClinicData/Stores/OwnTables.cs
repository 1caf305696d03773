using EmbedStack.CustomerData.Loading;

namespace EmbedStack.CustomerData.Stores;

/// <summary>The tables of the stack's own database: made and filled once, walled at each start.</summary>
internal sealed class OwnTables(CustomerServer server, TextWriter log)
{
    /// <summary>Makes what is missing. Rows that are there stay, unless they are to be written anew.</summary>
    public async Task EnsureAsync(bool reseed, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(cancellation);
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        var isNew = !await owner.ScalarAsync<bool>("select to_regclass('orders') is not null", cancellation);
        if (isNew)
        {
            await owner.ExecuteAsync(SqlFiles.Read("tables.sql"), cancellation);
        }

        if (reseed)
        {
            await owner.ExecuteAsync("delete from orders", cancellation);
        }

        if (isNew || reseed)
        {
            await owner.ExecuteAsync(SqlFiles.Read("seed.sql"), cancellation);
        }

        await owner.ExecuteAsync(SqlFiles.Read("walls.sql"), cancellation);
        var rows = await owner.ScalarAsync<long>("select count(*) from orders", cancellation);
        await transaction.CommitAsync(cancellation);
        log.WriteLine(FormattableString.Invariant($"data: {(isNew || reseed ? "made" : "up to date")}, {rows} orders"));
    }

    /// <summary>Tenants that no start may bring back.</summary>
    public static async Task<IReadOnlySet<string>> ErasedAsync(CustomerServer server, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(cancellation);
        return await owner.ScalarAsync<bool>("select to_regclass('erased_tenants') is not null", cancellation)
            ? (await owner.ListAsync<string>("select key from erased_tenants", cancellation)).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>();
    }
}
