using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>The design's two tables, written out by hand, against what is minted from the shipped catalogue.</summary>
public sealed class ShippedRulesTests(ShippedCatalogueFixture api) : IClassFixture<ShippedCatalogueFixture>
{
    private const string Clinic = "tenant_id = 'northside'";
    private const string Staff = " AND staff_id = 'northside-03'";
    private const string Assigned =
        " AND patient_id IN (SELECT a.patient_id FROM staff_assignments a WHERE a.tenant_id = 'northside' AND a.staff_id = 'northside-03')";

    private const string WithNetwork = "(tenant_id = 'northside' OR scope = 'network')";

    private static readonly string[] Roles = ["admin", "clinician", "staff", "network"];

    private static readonly Dictionary<string, Dictionary<string, string>> Rules = new()
    {
        ["appointments"] = new() { ["admin"] = Clinic, ["clinician"] = Clinic + Staff + Assigned, ["staff"] = Clinic },
        ["revenue"] = new() { ["admin"] = Clinic, ["clinician"] = Clinic + Staff },
        ["staff_utilisation"] = new() { ["admin"] = Clinic, ["clinician"] = Clinic + Staff, ["staff"] = Clinic },
        ["outcomes"] = new() { ["admin"] = Clinic, ["clinician"] = Clinic + Assigned },
        ["benchmarks"] = new() { ["admin"] = WithNetwork, ["clinician"] = WithNetwork, ["network"] = "1 = 1" },
        ["network_daily"] = new() { ["network"] = "1 = 1" },
    };

    private static readonly Dictionary<string, (string[] Datasets, string[] Roles)> Dashboards = new()
    {
        ["clinic"] = (["appointments", "revenue", "staff_utilisation", "outcomes"], ["admin"]),
        ["clinician"] = (["appointments", "outcomes", "revenue", "benchmarks"], ["clinician"]),
        ["network"] = (["network_daily", "benchmarks"], ["network"]),
        ["appointments"] = (["appointments"], ["admin", "clinician", "staff"]),
        ["revenue"] = (["revenue"], ["admin"]),
        ["staff-utilisation"] = (["staff_utilisation"], ["admin", "clinician"]),
        ["outcomes"] = (["outcomes"], ["admin", "clinician"]),
        ["operations-hub"] = (["appointments", "staff_utilisation"], ["admin", "staff"]),
    };

    public static TheoryData<string, string> Everything =>
        new(ShippedCatalogueFixture.Keys.SelectMany(_ => Roles, (dashboard, role) => (dashboard, role)));

    [Fact]
    public void DashboardsReachNoDatasetBeyondTheirs() => Assert.All(
        ShippedCatalogueFixture.Keys, key => Assert.Subset(Dashboards[key].Datasets.ToHashSet(), ShippedCatalogueFixture.DatasetsOf(key).ToHashSet()));

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task RoleGetsItsDashboardsWithItsRulesAndNoOther(string dashboard, string role)
    {
        using var browser = await api.SignInAsync(Person(role));
        using var answer = await browser.MintAsync(dashboard);
        if (Dashboards[dashboard].Roles.Contains(role))
        {
            await AssertRulesAsync(answer, dashboard, role);
        }
        else
        {
            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
        }
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task EntitlementDoesNotStandInForARule(string dashboard, string role)
    {
        using var browser = await api.SignInAsync(Person(role));
        var added = await api.Database.QueryAsync(
            "insert into shared.entitlements (dashboard_key, role) values ($1, $2) on conflict do nothing returning 1", dashboard, role);
        try
        {
            await Eventually.TrueAsync("the role may open it", async () =>
            {
                using var list = await browser.GetAsync("/api/dashboards");
                return (await list.JsonAsync()).GetProperty("dashboards").EnumerateArray().Any(entry => entry.GetProperty("key").GetString() == dashboard);
            });
            using var answer = await browser.MintAsync(dashboard);
            if (ShippedCatalogueFixture.DatasetsOf(dashboard).All(dataset => Rules[dataset].ContainsKey(role)))
            {
                await AssertRulesAsync(answer, dashboard, role);
            }
            else
            {
                await answer.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");
            }
        }
        finally
        {
            if (added.Count > 0)
            {
                await api.Database.ExecuteAsync("delete from shared.entitlements where dashboard_key = $1 and role = $2", dashboard, role);
                api.Clock.Advance(TimeSpan.FromSeconds(11));
            }
        }
    }

    private async Task AssertRulesAsync(HttpResponseMessage answer, string dashboard, string role)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var minted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in api.Superset.LastMint.GetProperty("rls").EnumerateArray())
        {
            minted.Add(await api.DatasetAsync(rule.GetProperty("dataset").GetInt32()), rule.GetProperty("clause").GetString()!);
        }

        Assert.Equal(
            ShippedCatalogueFixture.DatasetsOf(dashboard).Order(StringComparer.Ordinal).Select(dataset => KeyValuePair.Create(dataset, Rules[dataset][role])), minted);
    }

    private static TestPerson Person(string role) => new()
    {
        Organizations = [role == "network" ? "lakeland" : "northside"], Roles = [role], StaffId = role == "clinician" ? "northside-03" : null,
    };
}
