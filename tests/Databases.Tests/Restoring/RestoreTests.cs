using System.Diagnostics;
using System.Reflection;
using EmbedStack.Tests.Documents;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Databases.Tests.Restoring;

/// <summary>
/// What <c>docs/operations.md</c> has a reader type backs every database up and brings it back on another server: the same rows, and the same
/// owners, grants and policies, so that a clinic sees its own rows and no others.
/// </summary>
public sealed class RestoreTests(Databases databases)
{
    private const string Names = "select datname::text from pg_database where datallowconn and not datistemplate and datname <> 'postgres' order by 1";

    // Who may do what, and which rows it is shown: owners, grants, forced row-level security, policies, functions.
    private const string Walls = """
        select line from (
            select concat_ws('|', 'relation', c.oid::regclass, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner::regrole, array(
                select format('%s %s', grantee::regrole, privilege_type) from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) order by 1)) as line
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'v', 'm')
            union all
            select concat_ws('|', 'schema', nspname, nspowner::regrole, array(
                select format('%s %s', grantee::regrole, privilege_type) from aclexplode(coalesce(nspacl, acldefault('n', nspowner))) order by 1))
            from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
            union all
            select concat_ws('|', 'policy', schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check) from pg_policies
            union all
            select concat_ws('|', 'function', p.oid::regprocedure, p.prosecdef, p.proowner::regrole, md5(p.prosrc), p.proconfig, array(
                select format('%s %s', grantee::regrole, privilege_type) from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) order by 1))
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            union all
            select concat_ws('|', 'database', datname, datdba::regrole, array(
                select format('%s %s', grantee::regrole, privilege_type) from aclexplode(coalesce(datacl, acldefault('d', datdba))) order by 1))
            from pg_database where datname = current_database()) walls
        order by line collate "C"
        """;

    private const string Tables = "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relpersistence = 'p' and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)' order by 1";

    private static readonly string Root =
        typeof(RestoreTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RepositoryRoot").Value!;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task EveryDatabaseComesBackOnAnEmptyServerWithItsRowsAndItsWalls()
    {
        await WriteAuditAsync();
        var folder = Directory.CreateTempSubdirectory("embedstack-backup-");
        await using var empty = new EmptyServer();
        await empty.InitializeAsync();
        try
        {
            await RunAsync(RunnableBlock.Backup, databases, folder.FullName);
            await RunAsync(RunnableBlock.Restore, empty, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var names = await ListAsync(databases, "postgres", Names);
        Assert.Superset(new HashSet<string> { "keycloak", "superset", "embedstack" }.Union(Sample.Places.Select(place => place.Database)).ToHashSet(), names.ToHashSet());
        Assert.Equal(names, await ListAsync(empty, "postgres", Names));
        foreach (var name in names)
        {
            Assert.Equal(await ListAsync(databases, name, Walls), await ListAsync(empty, name, Walls));
            Assert.Equal(await ContentsAsync(databases, name), await ContentsAsync(empty, name));
        }

        // The set-up of the next start finds nothing to mend, and takes nothing away.
        Assert.Equal("", (await empty.SetUpAsync()).Error);
        foreach (var name in names)
        {
            Assert.Equal(await ListAsync(databases, name, Walls), await ListAsync(empty, name, Walls));
        }

        await AssertOwnRowsAsync(empty);
    }

    private static async Task AssertOwnRowsAsync(Databases restored)
    {
        foreach (var (tenant, database, schema) in Sample.Places)
        {
            await using var reader = await restored.OpenReaderAsync(tenant, "admin", database: database, schema: schema);
            Assert.Equal([tenant], await reader.ListAsync<string>($"select distinct tenant_id from {Sample.Facts}"));
            await using var nobody = await restored.OpenReaderAsync(null, null, database: database, schema: schema);
            Assert.Equal(0, await nobody.ScalarAsync<long>($"select count(*) from {Sample.Facts}"));
        }
    }

    // As the Api leaves them; what its verification computes, it computes of these very bytes.
    private async Task WriteAuditAsync()
    {
        await using var api = await databases.OpenAsync("embedstack", "api");
        await api.ExecuteAsync(
            """
            with batch as (select gen_random_uuid() as instance),
                 event as (insert into audit.events (day, instance, batch, position, at, kind, outcome) select current_date, instance, 1, 0, now(), 'mint', 'allowed' from batch)
            insert into audit.batches (day, instance, number, rows, hash) select current_date, instance, 1, 1, sha256(instance::text::bytea) from batch
            """);
    }

    private static async Task RunAsync(string name, Databases server, string folder)
    {
        var block = RunnableBlock.In(Root).Single(block => block.Name == name);
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", block.Script]) { WorkingDirectory = folder, RedirectStandardError = true };
        start.Environment["PATH"] = $"{PostgresPrograms.Folder}:{start.Environment["PATH"]}";
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = ("127.0.0.1", $"{server.Server.Port}");
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (PostgresServer.Superuser, server.Server.Password);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Timeout);
        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}: {await error}");
    }

    private static async Task<List<string>> ListAsync(Databases server, string database, string sql)
    {
        await using var connection = await server.OpenSuperuserAsync(database);
        return await connection.ListAsync<string>(sql);
    }

    /// <summary>Each table with the number and the digest of its rows.</summary>
    private static async Task<List<string>> ContentsAsync(Databases server, string database)
    {
        await using var connection = await server.OpenSuperuserAsync(database);
        var contents = new List<string>();
        foreach (var table in await connection.ListAsync<string>(Tables))
        {
            contents.Add($"{table}: " + await connection.ScalarAsync<string>($"select concat(count(*), ' ', sum(hashtextextended(t::text, 0))) from only {table} t"));
        }

        return contents;
    }

    // What the first start of a stack makes before anything is loaded.
    private sealed class EmptyServer : Databases
    {
        public override async ValueTask InitializeAsync()
        {
            await Server.StartAsync();
            Assert.Equal("", (await SetUpAsync()).Error);
        }
    }
}
