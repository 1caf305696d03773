using Npgsql;

namespace EmbedStack.Databases.Tests.Setup;

public class ProvisioningTests(Databases databases)
{
    private const string Picture =
        """
        select string_agg(line, e'\n' order by line) from (
            select concat_ws(' ', rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin, rolconfig::text) line
            from pg_roles where rolname !~ '^pg_'
            union all
            select concat_ws(' ', datname, pg_get_userbyid(datdba), datacl::text) from pg_database) facts
        """;

    [Fact]
    public async Task SecondRunChangesNothing()
    {
        await using var server = await databases.OpenSuperuserAsync("postgres");
        var before = await server.ScalarAsync<string>(Picture);

        var run = await databases.SetUpAsync();

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(before, await server.ScalarAsync<string>(Picture));
    }

    [Fact]
    public async Task DriftOfRolesIsCorrected()
    {
        await using var server = await databases.OpenSuperuserAsync("postgres");
        var before = await server.ScalarAsync<string>(Picture);
        await server.ExecuteAsync(
            """
            alter role clinic_reader createdb bypassrls;
            alter role clinic_reader reset default_transaction_read_only;
            alter role clinic_reader set row_security = off;
            grant pg_read_all_data to clinic_reader;
            grant connect on database clinic to public;
            """);

        await databases.SetUpAsync();

        Assert.Equal(before, await server.ScalarAsync<string>(Picture));
        Assert.False(await server.ScalarAsync<bool>("select pg_has_role('clinic_reader', 'pg_read_all_data', 'member')"));
    }

    [Fact]
    public async Task PasswordsFollowTheConfiguration()
    {
        const string Changed = "another-password-with-'quotes'-and-%I";

        await databases.SetUpAsync(("DatabaseRoles__audit_maintenance", Changed));
        await using (var connection = new NpgsqlConnection(
            databases.ConnectionString("embedstack", "audit_maintenance", Changed)))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => databases.OpenAsync("embedstack", "audit_maintenance"));
            Assert.Equal("28P01", refused.SqlState);
        }

        await databases.SetUpAsync();
        await using var restored = await databases.OpenAsync("embedstack", "audit_maintenance");
    }

    [Fact]
    public void PasswordsAreNotInTheServersLog()
    {
        var log = databases.Server.Log;

        Assert.Contains("clinic_reader', $2 = 'SCRAM-SHA-256$4096:", log);
        Assert.All(Databases.Roles, role => Assert.DoesNotContain(Databases.PasswordOf(role), log));
        Assert.DoesNotContain(databases.Server.Password, log);
    }

    [Fact]
    public async Task NobodyGoesPastRowLevelSecurityWithoutNeedOrOwnsTheServer()
    {
        await using var server = await databases.OpenSuperuserAsync("postgres");

        var privileged = await server.ListAsync<string>(
            "select rolname from pg_roles where (rolsuper or rolcreaterole or rolreplication) and oid <> 10");
        var creating = await server.ListAsync<string>("select rolname from pg_roles where rolcreatedb and oid <> 10");
        var unwalled = await server.ListAsync<string>("select rolname from pg_roles where rolbypassrls and oid <> 10");

        Assert.DoesNotContain(privileged, Databases.Roles.Contains);
        Assert.Equal(Sample.Privileged.MakeDatabases, creating);
        Assert.Equal(Sample.Privileged.Unwalled, unwalled);
    }

    [Fact]
    public async Task EachRoleConnectsToItsOwnDatabaseAlone()
    {
        await using var server = await databases.OpenSuperuserAsync("postgres");

        var allowed = await server.ListAsync<string>(
            $"""
            select datname || ' ' || role
            from pg_database, unnest('{"{" + string.Join(',', Databases.Roles) + "}"}'::text[]) role
            where datallowconn and has_database_privilege(role, datname, 'connect')
            order by datname, role
            """);

        string[] expected =
        [
            .. from database in Sample.Places.Select(place => place.Database).Distinct() from role in Sample.Connecting select $"{database} {role}",
            "embedstack api", "embedstack audit_maintenance", "embedstack clinic_loader", "embedstack superset_shared",
            "keycloak keycloak", "superset superset_meta",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), allowed);
    }
}
