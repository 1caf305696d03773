using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>A clinic's database goes although Postgres itself is at work in it: autovacuum has no role that its owner could be a member of.</summary>
public sealed class AutovacuumTests(Databases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Tenant Tenant = new() { Key = "vacuumed", Name = "Vacuumed", Kind = "clinic", Isolation = "database" };

    private static string Database => Store.Of(Tenant).Database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DatabaseThatIsVacuumedAndReadIsErased()
    {
        await new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(Tenant, Cancellation);
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await server.ExecuteAsync("alter system set autovacuum_naptime = 1");
        await server.ExecuteAsync("select pg_reload_conf()");
        try
        {
            await DirtyAsync();
            await using var reader = await databases.OpenAsync(Database, "clinic_reader");
            await VacuumedAsync(server);

            var erasing = new TenantErasure(databases.Clinics, TextWriter.Null).EraseAsync(Tenant.Key, Cancellation);
            await UntilAsync(server, $"select count(*) from pg_database where datname = '{Database}' and not datallowconn");
            await Assert.ThrowsAsync<PostgresException>(() => databases.OpenAsync(Database, "clinic_reader"));
            await reader.CloseAsync();

            var proof = await erasing;
            Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
        }
        finally
        {
            await server.ExecuteAsync("alter system reset autovacuum_naptime");
            await server.ExecuteAsync("select pg_reload_conf()");
        }
    }

    // Vacuuming it takes minutes: it rests after each page.
    private async Task DirtyAsync()
    {
        await using var store = await databases.OpenSuperuserAsync(Database);
        await store.ExecuteAsync(
            """
            create table slow (line text) with (
                autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0,
                autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1);
            insert into slow select repeat('x', 1000) from generate_series(1, 5000)
            """);
        await store.ExecuteAsync("update slow set line = line || 'y'");
    }

    private static Task VacuumedAsync(NpgsqlConnection server) =>
        UntilAsync(server, $"select count(*) from pg_stat_activity where datname = '{Database}' and backend_type = 'autovacuum worker'");

    private static async Task UntilAsync(NpgsqlConnection server, string count)
    {
        var until = DateTime.UtcNow + Patience;
        while (await server.ScalarAsync<long>(count) == 0)
        {
            Assert.True(DateTime.UtcNow < until, $"Still none after {Patience.TotalSeconds:0} s: {count}");
            await Task.Delay(100, Cancellation);
        }
    }
}
