using EmbedStack.CustomerData.Loading;

namespace EmbedStack.CustomerData.Stores;

/// <summary>The tables of the stack's own database: made where they are missing, filled once, walled at each start.</summary>
internal sealed class OwnTables(CustomerServer server, TextWriter log)
{
    private const string NoneYet =
        "select not exists (select from pg_tables where schemaname = current_schema() and tablename <> 'erased_tenants')";

    /// <summary>Makes what is missing. Rows that are there stay, unless they are to be written anew.</summary>
    public async Task EnsureAsync(bool reseed, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(cancellation);
        await using var transaction = await owner.BeginTransactionAsync(cancellation);
        var seeds = reseed || await owner.ScalarAsync<bool>(NoneYet, cancellation);
        await owner.ExecuteAsync(SqlFiles.Read("tables.sql"), cancellation);
        if (seeds)
        {
            await owner.ExecuteAsync(SqlFiles.Read("seed.sql"), cancellation);
        }

        await owner.ExecuteAsync(SqlFiles.Read("walls.sql"), cancellation);
        await transaction.CommitAsync(cancellation);
        log.WriteLine(seeds ? "data: made" : "data: up to date");
    }
}
