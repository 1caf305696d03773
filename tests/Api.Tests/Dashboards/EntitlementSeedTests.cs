using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Dashboards;

/// <summary>What a catalogue brings is a version of the entitlements like any other.</summary>
public sealed class EntitlementSeedTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Versions = "select version, jsonb_array_length(before->'entitlements') as before, jsonb_array_length(after->'entitlements') as after from api.entitlement_versions order by version";

    [Fact]
    public async Task FirstEntitlementsAreAVersionThatIsAuditedOnceAndNobodys()
    {
        await using var second = api.StartInstance();
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });

        var history = await leader.GetJsonAsync("/api/admin/entitlements/history");
        var version = Assert.Single(history.GetProperty("versions").EnumerateArray());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, version.GetProperty("person").ValueKind);
        Assert.Contains("clinic/admin/*", version.GetProperty("added").EnumerateArray().Select(key => key.GetString()));
        var row = Assert.Single(await api.Database.QueryAsync(Versions));
        Assert.Equal((0, true), ((int)row["before"]!, (int)row["after"]! > 0));
        var told = Assert.Single(await api.Database.QueryAsync("select person, outcome, reason from audit.events where kind = 'entitlement_change'"));
        Assert.Equal((null, "allowed"), (told["person"], (string)told["outcome"]!));
        Assert.StartsWith($"#{row["version"]} +", (string)told["reason"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DashboardThatIsNewLaterIsAVersionOfItsOwnAndChangesNoOther()
    {
        await api.Database.ExecuteAsync("delete from shared.dashboards where key = 'uncovered'; delete from shared.entitlements where dashboard_key = 'appointments' and role = 'staff'");
        var before = (await api.Database.QueryAsync(Versions)).Count;

        await using var second = api.StartInstance();

        var rows = await api.Database.QueryAsync(Versions);
        Assert.Equal(before + 1, rows.Count);
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from shared.entitlements where dashboard_key = 'uncovered'"));
        Assert.Empty(await api.Database.QueryAsync("select 1 from shared.entitlements where dashboard_key = 'appointments' and role = 'staff'"));
        await api.Database.ExecuteAsync("insert into shared.entitlements (dashboard_key, role) values ('appointments', 'staff'); delete from api.entitlement_versions where version > 1; delete from audit.events where reason like '#%' and reason not like '#1 %'");
    }
}
