using System.Security.Cryptography;
using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>
/// A schema built aside under a name of its own, out of the readers' sight, and put in the place of the one that
/// stands by renaming. Those who are reading go on reading the old tables.
/// </summary>
internal sealed class StoreBuild(ClinicServer server, Store store)
{
    // Indexes are made on so many connections at once.
    private const int Hands = 2;

    private readonly StoreDefinition definition = StoreDefinition.Of(store);

    public Store Store => store;

    /// <summary>Where the new schema stands until it is swapped in.</summary>
    public Store Aside { get; } = store with { Schema = $"next_{RandomNumberGenerator.GetHexString(12, lowercase: true)}" };

    /// <summary>
    /// Drops what interrupted builds left in a database, and replaced schemas that were still being read. It waits for their
    /// readers for two minutes where nothing may stay, else for a moment.
    /// </summary>
    public static async Task ClearAsync(NpgsqlConnection owner, TextWriter log, CancellationToken cancellation, bool nothingMayStay = false)
    {
        foreach (var schema in await owner.ListAsync<string>(
            "select nspname::text from pg_namespace where nspname ~ '^(next|old)_[0-9a-f]{12}$'", cancellation))
        {
            await DropAsync(owner, schema, nothingMayStay ? "120s" : "5s", log, cancellation);
        }
    }

    public static async Task<bool> IsCurrentAsync(NpgsqlConnection owner, Store store, CancellationToken cancellation) =>
        await owner.ScalarAsync<bool>(
            """
            select exists (
                select from clinic_load.stores join pg_namespace on nspname = schema where schema = $1 and definition = $2)
            """,
            cancellation, store.Schema, StoreDefinition.Of(store).Hash);

    /// <summary>Makes the tables, with partitions for the months given.</summary>
    public async Task CreateAsync(DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        await using var owner = await server.OpenBuilderAsync(Aside, cancellation);
        await owner.ExecuteAsync($"create schema {Aside.Schema}", cancellation);
        foreach (var file in definition.Tables)
        {
            await owner.ExecuteAsync(SqlFiles.Read(file), cancellation);
        }

        foreach (var table in definition.Partitioned)
        {
            await Partitions.EnsureAsync(owner, table, first, last, cancellation, building: true);
        }

        await owner.ExecuteAsync(
            $"""
            grant usage on schema {Aside.Schema} to clinic_loader;
            grant select, insert, update, delete on all tables in schema {Aside.Schema} to clinic_loader
            """,
            cancellation);
    }

    /// <summary>Indexes and references, then statistics: what the rows need before they are counted.</summary>
    public async Task IndexAsync(CancellationToken cancellation)
    {
        foreach (var file in definition.Indexes)
        {
            await InParallelAsync(SqlFiles.Statements(file), cancellation);
        }

        await AnalyzeAsync(cancellation);
    }

    /// <summary>Policies, forced on every partition, then views and grants; the schema itself is opened by the swap.</summary>
    public async Task WallAsync(CancellationToken cancellation)
    {
        await using var owner = await server.OpenBuilderAsync(Aside, cancellation);
        foreach (var file in definition.Wall)
        {
            await owner.ExecuteAsync(SqlFiles.Read(file), cancellation);
        }
    }

    /// <summary>Marks rows as visible to all and renews statistics.</summary>
    public async Task AnalyzeAsync(CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(store.Database, cancellation);
        var tables = await owner.ListAsync<string>(
            "select relname::text from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') and not relispartition",
            cancellation, Aside.Schema);
        await InParallelAsync([.. tables.Select(table => $"vacuum (analyze) {Aside.Schema}.{table}")], cancellation);
    }

    /// <summary>Puts the builds, all of one database, in the place of what stands, when the transaction commits.</summary>
    /// <param name="builds">Complete builds.</param>
    /// <param name="owner">A connection of clinic_owner to their database, in a transaction.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    public static async Task SwapAsync(IReadOnlyList<StoreBuild> builds, NpgsqlConnection owner, CancellationToken cancellation)
    {
        foreach (var build in builds)
        {
            var name = build.Store.Schema;
            if (await owner.ScalarAsync<bool>("select to_regnamespace($1) is not null", cancellation, name))
            {
                await owner.ExecuteAsync(
                    $"alter schema {name} rename to old_{RandomNumberGenerator.GetHexString(12, lowercase: true)}", cancellation);
            }

            await owner.ExecuteAsync(
                $"""
                alter schema {build.Aside.Schema} rename to {name};
                grant usage on schema {name} to clinic_reader, clinic_author
                """,
                cancellation);
            await owner.ExecuteAsync(
                """
                insert into clinic_load.stores (schema, definition) values ($1, $2)
                on conflict (schema) do update set definition = excluded.definition, built_at = now()
                """,
                cancellation, name, build.definition.Hash);
        }
    }

    // Table by table: a lock on each partition and index of all at once could be more than the server has.
    private static async Task DropAsync(NpgsqlConnection owner, string schema, string patience, TextWriter log, CancellationToken cancellation)
    {
        await owner.SetAsync("lock_timeout", patience, cancellation);
        try
        {
            foreach (var table in await owner.ListAsync<string>(
                "select relname::text from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p') and not relispartition",
                cancellation, schema))
            {
                await owner.ExecuteAsync($"drop table {schema}.{table} cascade", cancellation);
            }

            await owner.ExecuteAsync($"drop schema {schema} cascade", cancellation);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            log.WriteLine($"schema: {schema} is still being read; the next run drops it");
        }
        finally
        {
            await owner.SetAsync("lock_timeout", "0", cancellation);
        }
    }

    private async Task InParallelAsync(IReadOnlyList<string> statements, CancellationToken cancellation)
    {
        var left = new Queue<string>(statements);
        await Task.WhenAll(Enumerable.Range(0, Hands).Select(async _ =>
        {
            await using var owner = await server.OpenBuilderAsync(Aside, cancellation);
            await owner.SetAsync("maintenance_work_mem", "256MB", cancellation);

            // A sample a partition adds up; the parents' own statistics are what plans of more than one month go by.
            await owner.SetAsync("default_statistics_target", "20", cancellation);
            while (Next() is { } statement)
            {
                await owner.ExecuteAsync(statement, cancellation);
            }
        }));

        string? Next()
        {
            lock (left)
            {
                return left.TryDequeue(out var statement) ? statement : null;
            }
        }
    }
}
