using Npgsql;

namespace EmbedStack.Databases.Tests.Setup;

public class SharedSchemaTests(Databases databases)
{
    [Theory]
    [InlineData("superset_shared", "catalog_ids",
        "insert into shared.catalog_ids (kind, key, uuid, id) values ('chart', 'x', gen_random_uuid(), 1)")]
    [InlineData("superset_shared", "data_version",
        "insert into shared.data_version (name) values ('x') on conflict (name) do update set version = data_version.version + 1")]
    [InlineData("api", "revocations", "insert into shared.revocations (kind, value) values ('session', 'x')")]
    [InlineData("api", "dashboards", "insert into shared.dashboards (key) values ('x')")]
    [InlineData("api", "entitlements",
        "insert into shared.dashboards (key) values ('y'); insert into shared.entitlements (dashboard_key, role) values ('y', 'staff')")]
    public async Task ChangeIsToldToListeners(string role, string channel, string change)
    {
        await using var listener = await databases.OpenAsync("embedstack", role == "api" ? "superset_shared" : "api");
        await listener.ExecuteAsync($"listen {channel}");
        var told = "";
        listener.Notification += (_, notification) => told = notification.Channel;

        await using var writer = await databases.OpenAsync("embedstack", role);
        await using var transaction = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await writer.ExecuteAsync(change);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        Assert.True(await listener.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.Equal(channel, told);
        await writer.ExecuteAsync($"delete from shared.{channel} where '{channel}' <> 'data_version'");
    }

    [Theory]
    [InlineData("clinic_loader")]
    [InlineData("api")]
    public async Task DisabledTenantsTokensAreRefusedWhoeverDisabledItAndTheOldOnesForGood(string role)
    {
        await using var loader = await databases.OpenAsync("embedstack", "clinic_loader");
        await loader.ExecuteAsync(
            "insert into shared.tenants (key, name, kind, isolation, database, schema) values ('revoked', 'Revoked', 'clinic', 'shared', 'clinic', 'clinic')");
        try
        {
            await using var writer = await databases.OpenAsync("embedstack", role);
            await writer.ExecuteAsync("update shared.tenants set enabled = false, changed_at = now() where key = 'revoked'");
            Assert.Equal("stands", await RevocationAsync());
            await writer.ExecuteAsync("update shared.tenants set enabled = true, changed_at = now() where key = 'revoked'");
            Assert.Equal("passes", await RevocationAsync());
            await writer.ExecuteAsync("update shared.tenants set enabled = false, changed_at = now() where key = 'revoked'");
        }
        finally
        {
            await loader.ExecuteAsync("delete from shared.tenants where key = 'revoked'");
        }

        Assert.Equal("passes", await RevocationAsync());

        async Task<string?> RevocationAsync()
        {
            await using var reader = await databases.OpenAsync("embedstack", "superset_shared");
            await using var command = new NpgsqlCommand(
                "select case when expires_at is null then 'stands' when expires_at > now() + interval '15 minutes' and revoked_at <= clock_timestamp() then 'passes' end from shared.revocations where kind = 'tenant_switch' and value = 'revoked'", reader);
            return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task InstallationHasOneNetwork()
    {
        await using var loader = await databases.OpenAsync("embedstack", "clinic_loader");
        await using var transaction = await loader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await loader.ExecuteAsync("delete from shared.tenants where kind = 'network'");
        const string Add = "insert into shared.tenants (key, name, kind, isolation, database, schema) values ('{0}', 'A network', 'network', 'schema', 'clinic', '{0}')";
        await loader.ExecuteAsync(Add.Replace("{0}", "first_one", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => loader.ExecuteAsync(Add.Replace("{0}", "second_one", StringComparison.Ordinal)));
        Assert.Equal("tenants_one_network", refused.ConstraintName);
    }

    [Fact]
    public async Task SecondNetworkOfAnEarlierVersionStopsTheSetUpWithALineThatNamesIt()
    {
        await using var server = await databases.OpenSuperuserAsync("embedstack");
        await server.ExecuteAsync("""
            drop index shared.tenants_one_network;
            insert into shared.tenants (key, name, kind, isolation, database, schema) values ('second-network', 'A network', 'network', 'schema', 'clinic', 'second_network')
            """);
        try
        {
            var run = await databases.SetUpAsync();
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("has one network", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
            Assert.Contains("second-network", run.ErrorLines[0], StringComparison.Ordinal);
        }
        finally
        {
            await server.ExecuteAsync("delete from shared.tenants where key = 'second-network'");
            Assert.Equal("", (await databases.SetUpAsync()).Error);
        }
    }

    [Theory]
    [InlineData("api", "update shared.catalog_ids set id = 1")]
    [InlineData("api", "insert into shared.data_version (name) values ('y')")]
    [InlineData("superset_shared", "delete from shared.revocations")]
    [InlineData("superset_shared", "create table shared.mine (id int)")]
    [InlineData("superset_shared", "create table api.mine (id int)")]
    [InlineData("audit_maintenance", "select * from shared.revocations")]
    [InlineData("superset_shared", "insert into shared.dashboards (key) values ('mine')")]
    [InlineData("superset_shared", "update shared.entitlements set tenant = 'harbour'")]
    [InlineData("clinic_loader", "update shared.entitlements set tenant = 'harbour'")]
    [InlineData("clinic_loader", "select role from shared.entitlements")]
    [InlineData("superset_shared", "update shared.tenants set enabled = true")]
    [InlineData("api", "update shared.tenants set name = 'mine'")]
    [InlineData("api", "insert into shared.tenants (key, name, kind, isolation, database, schema) values ('x', 'x', 'clinic', 'shared', 'x', 'x')")]
    [InlineData("api", "create table public.mine (id int)")]
    public async Task WhatIsNotGrantedIsRefused(string role, string sql)
    {
        await using var connection = await databases.OpenAsync("embedstack", role);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync(sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task TheApiOwnsItsSchema()
    {
        await using var api = await databases.OpenAsync("embedstack", "api");
        await api.ExecuteAsync("create table api.mine (id int); drop table api.mine");
    }
}
