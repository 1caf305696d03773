using Npgsql;

namespace EmbedStack.Databases.Tests.Wall;

public class AttackTests(Databases databases)
{
    // One metric expression: change the claim, then read by a second statement that the rule's text does not reach.
    private const string TwoWallsAtOnce =
        """
        select max(case when set_config('app.tenant_id', 'harbour', false) is not null
            then query_to_xml('select tenant_id, count(*) from clinic.appointments group by 1', true, false, '')::text end)
        from clinic.appointment_facts where tenant_id = 'northside'
        """;

    [Theory]
    [InlineData(TwoWallsAtOnce)]
    [InlineData("select set_config('app.tenant_id', 'harbour', false)")]
    [InlineData("select query_to_xml('select 1', true, false, '')")]
    [InlineData("select query_to_xmlschema('select 1', true, false, '')")]
    [InlineData("select query_to_xml_and_xmlschema('select 1', true, false, '')")]
    [InlineData("select table_to_xml('clinic.appointments', true, false, '')")]
    [InlineData("select schema_to_xml('clinic', true, false, '')")]
    [InlineData("select database_to_xml(true, false, '')")]
    [InlineData("select * from ts_stat('select ''a''::tsvector')")]
    [InlineData("select ts_rewrite('a'::tsquery, 'select ''a''::tsquery, ''b''::tsquery')")]
    [InlineData("select pg_sleep(1)")]
    [InlineData("select pg_sleep_for('1 second')")]
    [InlineData("select pg_advisory_lock(1)")]
    [InlineData("select pg_try_advisory_lock_shared(1)")]
    [InlineData("select pg_terminate_backend(1)")]
    [InlineData("select pg_cancel_backend(1)")]
    [InlineData("select pg_notify('data_version', '')")]
    [InlineData("select lo_create(0)")]
    [InlineData("select lo_get(1)")]
    [InlineData("select query from pg_stat_activity")]
    [InlineData("select * from pg_stat_get_activity(null)")]
    [InlineData("select pg_stat_get_backend_activity(1)")]
    [InlineData("select pg_read_file('/etc/passwd')")]
    [InlineData("select pg_ls_dir('/')")]
    [InlineData("select * from pg_authid")]
    [InlineData("select pg_relation_size('clinic.appointments'::regclass)")]
    [InlineData("select pg_database_size('clinic')")]
    [InlineData("select pg_stat_get_live_tuples('clinic.appointments'::regclass)")]
    [InlineData("select * from pg_stat_user_tables")]
    [InlineData("select * from pg_locks")]
    [InlineData("select * from pg_settings")]
    [InlineData("select dblink('host=127.0.0.1', 'select 1')", "42883")]
    [InlineData("select pg_read_binary_file('/etc/passwd')")]
    [InlineData("select pg_current_logfile()")]
    [InlineData("select txid_current()")]
    [InlineData("select nextval('x'::regclass)", "42P01")]
    [InlineData("do 'begin null; end'")]
    [InlineData("select * from clinic.payers")]
    [InlineData("select name from clinic.staff")]
    [InlineData("select * from clinic.appointments_2026_10")]
    [InlineData("select * from clinic_manly.appointments_2026_10")]
    [InlineData("select * from clinic.patients")]
    [InlineData("select * from clinic_load.loads")]
    [InlineData("copy clinic.appointments to program 'cat'")]
    [InlineData("set role clinic_loader")]
    [InlineData("set session authorization clinic_loader")]
    public async Task ReaderAndAuthorAreRefused(string sql, string state = PostgresErrorCodes.InsufficientPrivilege)
    {
        foreach (var login in new[] { "clinic_reader", "clinic_author" })
        {
            await using var reader = await databases.OpenReaderAsync("northside", "admin", login: login);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => reader.ExecuteAsync(sql));
            Assert.Equal(state, refused.SqlState);
        }
    }

    [Theory]
    [InlineData("insert into clinic.clinics values ('x', 'x')")]
    [InlineData("update pg_settings set setting = 'harbour' where name = 'app.tenant_id'")]
    [InlineData("update clinic.appointments set status = 'completed'")]
    [InlineData("delete from clinic.appointments")]
    [InlineData("truncate clinic.appointments")]
    [InlineData("create table clinic.mine (id int)")]
    [InlineData("create table public.mine (id int)")]
    [InlineData("create temporary table mine (id int)")]
    [InlineData("create function clinic.mine() returns int language sql as 'select 1'")]
    [InlineData("alter table clinic.appointments no force row level security")]
    public async Task ReaderWritesNothingEvenOutsideAReadOnlyTransaction(string sql)
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        var readOnly = await Assert.ThrowsAsync<PostgresException>(() => reader.ExecuteAsync(sql));
        Assert.Contains(readOnly.SqlState, new[] { "25006", PostgresErrorCodes.InsufficientPrivilege });

        await reader.ExecuteAsync("set default_transaction_read_only = off");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => reader.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task OnlyTheRevokesStopTheExpressionThatBreaksTwoWalls()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await server.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await server.ExecuteAsync(
            """
            grant execute on function set_config(text, text, boolean) to clinic_reader;
            grant execute on function query_to_xml(text, boolean, boolean, text) to clinic_reader;
            set local role clinic_reader;
            set local app.tenant_id = 'northside';
            set local app.role = 'admin';
            """);

        Assert.Contains("harbour", await server.ScalarAsync<string>(TwoWallsAtOnce));
    }

    [Fact]
    public async Task StatisticsOfWalledColumnsAreHidden()
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => reader.ScalarAsync<long>("select count(*) from pg_stats where schemaname = 'clinic'"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task ReadersSettingsAreAsProvisioned()
    {
        await using var reader = await databases.OpenAsync("clinic", "clinic_reader");
        Assert.Equal("clinic", await reader.ScalarAsync<string>("show search_path"));
        Assert.Equal("on", await reader.ScalarAsync<string>("show default_transaction_read_only"));
        Assert.Equal("5min", await reader.ScalarAsync<string>("show statement_timeout"));
    }
}
