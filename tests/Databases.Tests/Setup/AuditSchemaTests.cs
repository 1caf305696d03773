using System.Globalization;
using Npgsql;

namespace EmbedStack.Databases.Tests.Setup;

public class AuditSchemaTests(Databases databases)
{
    [Theory]
    [InlineData("api", "update audit.events set tenant = 'x'")]
    [InlineData("api", "delete from audit.events")]
    [InlineData("api", "truncate audit.events")]
    [InlineData("api", "delete from audit.events_default")]
    [InlineData("api", "select * from audit.events_default")]
    [InlineData("api", "drop table audit.batches")]
    [InlineData("api", "update audit.batches set rows = 0")]
    [InlineData("api", "update audit.heads set number = 1")]
    [InlineData("api", "delete from audit.keys")]
    [InlineData("api", "update audit.settings set retention_months = 1")]
    [InlineData("api", "select salt from audit.settings")]
    [InlineData("api", "alter function audit.maintain() owner to api")]
    [InlineData("api", "set role audit_maintenance")]
    [InlineData("superset_shared", "select * from audit.events")]
    [InlineData("clinic_loader", "select * from audit.events")]
    [InlineData("clinic_loader", "select * from audit.keys")]
    [InlineData("clinic_loader", "select audit.maintain()")]
    public async Task AuditIsAppendOnlyAndReadByTheApiAlone(string role, string sql)
    {
        await using var connection = await databases.OpenAsync("embedstack", role);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task EverythingOfTheAuditBelongsToItsMaintenance()
    {
        await using var server = await databases.OpenSuperuserAsync("embedstack");
        var owners = await server.ListAsync<string>(
            """
            select distinct owner::regrole::text from (
                select nspowner as owner from pg_namespace where nspname = 'audit'
                union all select relowner from pg_class where relnamespace = 'audit'::regnamespace
                union all select proowner from pg_proc where pronamespace = 'audit'::regnamespace) things
            """);
        Assert.Equal(["audit_maintenance"], owners);
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-20)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(60)]
    public async Task InsertAlwaysFindsAPartition(int months)
    {
        await using var api = await databases.OpenAsync("embedstack", "api");
        var day = await api.ScalarAsync<DateOnly>($"select (now() + interval '{months} months')::date");
        var instance = Guid.NewGuid();
        await InsertAsync(api, day, instance);
        Assert.Equal(1, await api.ScalarAsync<long>($"select count(*) from audit.events where correlation_id = '{instance}'"));
    }

    [Fact]
    public async Task MonthsPastRetentionAreDroppedAndNoOthers()
    {
        await using var api = await databases.OpenAsync("embedstack", "api");
        var instance = Guid.NewGuid();
        var month = await api.ScalarAsync<DateOnly>("select date_trunc('month', now())::date");
        foreach (var age in new[] { 0, 1, 11, 12, 13, 30 })
        {
            await InsertAsync(api, month.AddMonths(-age), instance);
        }

        await api.ExecuteAsync("select audit.maintain()");
        Assert.Equal(
            [month.AddMonths(-12), month.AddMonths(-11), month.AddMonths(-1), month],
            await api.ListAsync<DateOnly>($"select day from audit.events where instance = '{instance}' order by day"));

        // Rows that waited where no month takes them have moved to their months, from where they are dropped in time.
        await databases.SetUpAsync(("Audit__RetentionMonths", "2"));
        try
        {
            Assert.Equal(
                [month.AddMonths(-1), month],
                await api.ListAsync<DateOnly>($"select day from audit.events where instance = '{instance}' order by day"));
        }
        finally
        {
            await databases.SetUpAsync();
        }
    }

    [Fact]
    public async Task TheNextMonthsAreThere()
    {
        await using var server = await databases.OpenSuperuserAsync("embedstack");
        foreach (var table in new[] { "events", "batches" })
        {
            var partitions = await server.ListAsync<string>(
                $"select inhrelid::regclass::text from pg_inherits where inhparent = 'audit.{table}'::regclass");
            for (var month = 0; month <= 3; month++)
            {
                Assert.Contains(
                    await server.ScalarAsync<string>($"select 'audit.{table}_' || to_char(now() + interval '{month} months', 'YYYY_MM')"), partitions);
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("121")]
    [InlineData("a year")]
    public async Task RetentionThatMakesNoSenseIsRefused(string months)
    {
        var run = await databases.SetUpAsync(("Audit__RetentionMonths", months));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["database-setup: Audit__RetentionMonths must be a number of months from 1 to 120"], run.ErrorLines);
    }

    [Fact]
    public async Task PersonIsErasedByWhoErasesTenantsAndTheRowsStay()
    {
        await using var api = await databases.OpenAsync("embedstack", "api");
        await using var eraser = await databases.OpenAsync("embedstack", "clinic_loader");
        var subject = Guid.NewGuid();
        await api.ExecuteAsync($"insert into audit.keys (kind, lookup, key) values ('person', audit.lookup('person', '{subject}'), 'sealed')");
        Assert.True(await api.ScalarAsync<bool>($"select audit.person('{subject}') is not null"));

        Assert.True(await eraser.ScalarAsync<bool>($"select audit.erase_person('{subject}')"));
        Assert.False(await eraser.ScalarAsync<bool>($"select audit.erase_person('{subject}')"));
        Assert.True(await api.ScalarAsync<bool>($"select audit.person('{subject}') is null"));
    }

    private static Task InsertAsync(NpgsqlConnection connection, DateOnly day, Guid instance) => connection.ExecuteAsync(
        string.Create(CultureInfo.InvariantCulture, $"""
            insert into audit.events (day, instance, batch, position, at, kind, outcome, correlation_id)
            values ('{day:O}', '{instance}', 1, 0, '{day:O}', 'mint', 'allowed', '{instance}')
            """));
}
