using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Tenancy;

/// <summary>A tenant comes, works at once, is disabled, and goes without a trace; with every isolation.</summary>
public sealed partial class TenantLifecycleTests(StackFixture stack)
{
    private static readonly string[] NamingATenant = ["shared.tenants", "shared.entitlements", "api.persons"];
    private static readonly TimeSpan Disabling = TimeSpan.FromSeconds(15);

    private readonly TenantsTool _tool = new(stack);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("shared", "clinic", "clinic")]
    [InlineData("schema", "clinic", "clinic_lakeside_schema")]
    [InlineData("database", "clinic_lakeside_database", "clinic")]
    public async Task TenantComesAndGoes(string isolation, string database, string schema)
    {
        var key = $"lakeside-{isolation}";
        string[] add = ["tenant-add", "--name", $"Lakeside {isolation}", "--key", key, "--isolation", isolation];

        var password = TemporaryPassword().Match(await _tool.SucceedAsync(add)).Groups[1].Value;
        Assert.NotEmpty(password);
        Assert.DoesNotContain("password", await _tool.SucceedAsync(add), StringComparison.Ordinal);

        using var session = await ProductSession.OpenFirstTimeAsync(stack, $"admin@{key}.example", password, Cancellation);
        await AssertEmptyDashboardAsync(session);
        await AddRowsAsync(database, schema, key);

        await AssertDisablingEndsMintsAsync(session, key);
        Assert.Contains("enabled again", await _tool.SucceedAsync(add), StringComparison.Ordinal);
        Assert.Equal(1, await RowsAsync(database, schema, key));

        var subject = await Superuser.ScalarAsync<string>(stack, "embedstack-db", "select subject from api.persons where tenant = $1", key);
        await Superuser.ScalarAsync<string>(
            stack, "embedstack-db", "insert into shared.entitlements (dashboard_key, role, tenant) values ('revenue', 'staff', $1) returning tenant", key);
        Assert.Empty(NamingATenant.Except((await NamingRows.ReadAsync(stack, key)).Keys));
        Assert.Contains("api.persons", (await NamingRows.ReadAsync(stack, subject)).Keys);
        var proof = await _tool.SucceedAsync("tenant-remove", "--key", key, "--erase", "true", "--yes", "true");
        Assert.Contains($"Nothing is left of tenant '{key}'.", proof, StringComparison.Ordinal);
        Assert.Contains("embedstack.api.persons: nothing", proof, StringComparison.Ordinal);
        Assert.Contains("embedstack.shared.entitlements: nothing", proof, StringComparison.Ordinal);
        await NamingRows.AssertNoneAsync(stack, key, subject);
        await AssertNothingLeftAsync(isolation, database, schema, key);
        await _tool.SucceedAsync("tenant-remove", "--key", key, "--erase", "true", "--yes", "true");
    }

    [Fact]
    public async Task WhoBelongsElsewhereAsWellOutlivesTheTenantAndStaysRefused()
    {
        string[] tenants = ["lakeside-first", "lakeside-second"];
        foreach (var tenant in tenants)
        {
            await _tool.SucceedAsync("tenant-add", "--name", tenant, "--key", tenant);
        }

        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var both = await keycloak.UserAsync($"admin@{tenants[0]}.example");
        var subject = (string)both["id"]!;
        await keycloak.AddMemberAsync(tenants[1], both);
        await Superuser.ScalarAsync<int>(
            stack, "embedstack-db",
            "with seen as (insert into api.persons (subject, tenant) values ($1, $2)) insert into api.revoked_persons (subject, tenant) values ($1, $2) returning 1",
            subject, tenants[0]);

        var proof = await _tool.SucceedAsync("tenant-remove", "--key", tenants[0], "--erase", "true", "--yes", "true");

        Assert.Contains("1 who belong to another organization as well", proof, StringComparison.Ordinal);
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "keycloak-db", "select count(*) from user_attribute where name = 'tenant' and value = $1", tenants[0]));
        Assert.Equal([tenants[1]], await keycloak.OrganizationsOfAsync(await keycloak.UserAsync($"admin@{tenants[0]}.example")));
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from api.persons where subject = $1", subject));
        Assert.True(await Superuser.ScalarAsync<bool>(stack, "embedstack-db", "select tenant is null from api.revoked_persons where subject = $1", subject));

        await _tool.SucceedAsync("tenant-remove", "--key", tenants[1], "--erase", "true", "--yes", "true");
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from api.revoked_persons where subject = $1", subject));
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "keycloak-db", "select count(*) from user_entity where id = $1", subject));
    }

    [Fact]
    public async Task AnAdministratorWhoIsNoMemberYetIsTheirTenantsAloneAndErasedWithIt()
    {
        const string Email = "first@lakeside-cut.example";
        string[] add = ["tenant-add", "--name", "Lakeside cut", "--key", "lakeside-cut", "--admin-email", Email];
        await _tool.SucceedAsync(add);
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var subject = (string)(await keycloak.UserAsync(Email))["id"]!;

        // As a run leaves it that is stopped between the person and the membership.
        await keycloak.RemoveMemberAsync("lakeside-cut", await keycloak.UserAsync(Email));
        var takeover = await _tool.RunAsync("tenant-add", "--name", "Lakeside taken", "--key", "lakeside-taken", "--admin-email", Email);
        Assert.Contains("is somebody else's user name", takeover.Error, StringComparison.Ordinal);
        Assert.Matches(TemporaryPassword(), await _tool.SucceedAsync(add));

        await keycloak.RemoveMemberAsync("lakeside-cut", await keycloak.UserAsync(Email));
        var proof = await _tool.SucceedAsync("tenant-remove", "--key", "lakeside-cut", "--erase", "true", "--yes", "true");

        Assert.Contains("keycloak: people: nothing", proof, StringComparison.Ordinal);
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "keycloak-db", "select count(*) from user_entity where id = $1", subject));
    }

    [Theory]
    [InlineData("there is no tenant 'nowhere'", "tenant-remove", "--key", "nowhere")]
    [InlineData("nobody can be asked", "tenant-remove", "--key", "harbour", "--erase", "true")]
    [InlineData("there is no tenant 'nowhere'", "patient-erase", "--tenant", "nowhere", "--id", "1", "--yes", "true")]
    [InlineData("--tenant is missing", "patient-erase", "--id", "1", "--yes", "true")]
    [InlineData("is no key for a tenant", "tenant-add", "--name", "北")]
    [InlineData("is no e-mail address", "tenant-add", "--name", "Lakeside", "--admin-email", "x")]
    [InlineData("is somebody else's user name", "tenant-add", "--name", "Takeover", "--admin-email", "admin@harbour.example")]
    [InlineData("tenant 'harbour' is there already", "tenant-add", "--name", "Other", "--key", "harbour")]
    [InlineData("would share the name clinic_harbour with 'harbour'", "tenant-add", "--name", "Other", "--key", "Harbour")]
    [InlineData("'harbour' has no patient 1", "patient-erase", "--id", "1", "--tenant", "harbour", "--yes", "true")]
    public async Task WhatCannotBeIsSaidInOneLine(string cause, params string[] arguments)
    {
        var run = await _tool.RunAsync(arguments);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(cause, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.True(await Superuser.ScalarAsync<bool>(stack, "embedstack-db", "select enabled from shared.tenants where key = 'harbour'"));
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from shared.tenants where name in ('Takeover', 'Other', 'Lakeside', '北')"));
    }

    private async Task AssertEmptyDashboardAsync(ProductSession session)
    {
        var guest = new Guest(stack, await session.TokenAsync("clinic", Cancellation));
        foreach (var chart in (await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic"))
        {
            var answer = await guest.AskAsync(chart.Request());
            Assert.True(answer.IsOk, $"{chart}: {answer}");
            Assert.All(answer.Results, result => Assert.True(IsEmpty(result), $"{chart}: {answer}"));
        }
    }

    // Without rows there is nothing but the zeros and nulls of aggregates.
    private static bool IsEmpty(JsonElement result) =>
        result.GetProperty("error").ValueKind == JsonValueKind.Null
        && result.GetProperty("data").EnumerateArray().SelectMany(row => row.EnumerateObject())
            .All(cell => cell.Value.ValueKind == JsonValueKind.Null || (cell.Value.ValueKind == JsonValueKind.Number && cell.Value.GetDecimal() == 0));

    private async Task AssertDisablingEndsMintsAsync(ProductSession session, string key)
    {
        await _tool.SucceedAsync("tenant-remove", "--key", key);
        var deadline = DateTime.UtcNow + Disabling;
        while ((await session.MintAsync(new { dashboard_key = "clinic" }, Cancellation)).Status is var status && status == HttpStatusCode.OK)
        {
            Assert.True(DateTime.UtcNow < deadline, $"The mint of a disabled tenant still answers after {Disabling.TotalSeconds} s.");
            await Task.Delay(500, Cancellation);
        }
    }

    private Task<long> AddRowsAsync(string database, string schema, string key) => Superuser.ScalarInAsync<long>(
        stack, database,
        $"insert into {schema}.patients (patient_id, birth_year, tenant_id, name, suburb) values (990000001, 1980, $1, 'Pat', 'Manly') returning patient_id", key);

    private Task<long> RowsAsync(string database, string schema, string key) =>
        Superuser.ScalarInAsync<long>(stack, database, $"select count(*) from {schema}.patients where tenant_id = $1", key);

    private async Task AssertNothingLeftAsync(string isolation, string database, string schema, string key)
    {
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from shared.tenants where key = $1", key));
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "keycloak-db", "select count(*) from org where alias = $1", key));
        Assert.Equal(0, await Superuser.ScalarAsync<long>(stack, "keycloak-db", "select count(*) from user_entity where email like $1", $"%@{key}.example"));
        switch (isolation)
        {
            case "shared":
                Assert.Equal(0, await RowsAsync(database, schema, key));
                break;
            case "schema":
                Assert.Equal(0, await Superuser.ScalarInAsync<long>(stack, database, "select count(*) from pg_namespace where nspname = $1", schema));
                break;
            default:
                Assert.Equal(0, await Superuser.ScalarInAsync<long>(stack, "clinic", "select count(*) from pg_database where datname = $1", database));
                break;
        }
    }

    [GeneratedRegex(@"password (\S+)")]
    private static partial Regex TemporaryPassword();
}
