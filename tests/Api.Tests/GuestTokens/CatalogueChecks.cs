using System.Net;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>Check 6 of docs/security-tests.md over the whole catalogue as it is shipped, each role at each key.</summary>
public sealed class CatalogueChecks(ShippedCatalogueFixture api) : IClassFixture<ShippedCatalogueFixture>
{
    // The product's promise, by itself: what the file says is what is tested.
    private static readonly Dictionary<string, string[]> Own = new()
    {
        ["admin"] = ["clinic", "appointments", "revenue", "staff-utilisation", "outcomes", "operations-hub"],
        ["clinician"] = ["clinician", "appointments", "staff-utilisation", "outcomes"],
        ["staff"] = ["appointments", "operations-hub"],
        ["network"] = ["network"],
    };

    public static TheoryData<string> Roles => [.. Own.Keys];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Check6EachRoleOpensItsDashboardsAndAllOthersAnswerAlike(string role)
    {
        using var browser = await api.SignInAsync(new TestPerson
        {
            Roles = [role], Organizations = [role == "network" ? "lakeland" : "northside"], StaffId = role == "clinician" ? "northside-01" : null,
        });
        Assert.Equal(Own.Values.SelectMany(keys => keys).Distinct().Order(), ShippedCatalogueFixture.Keys.Order());
        var refusals = new HashSet<string>();
        var dashboards = CatalogueFile.Read(ShippedCatalogueFixture.File).Dashboards;
        foreach (var key in dashboards.SelectMany(dashboard => new[] { dashboard.Key, $"{dashboard.EmbeddedUuid}", $"{dashboard.Uuid}" }).Append("no-such-dashboard"))
        {
            using var answer = await browser.MintAsync(key);
            if (Own[role].Contains(key))
            {
                Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{role} at {key}: {(int)answer.StatusCode}");
                continue;
            }

            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{role} at {key}: {(int)answer.StatusCode}");
            refusals.Add(string.Join('|', (await answer.JsonAsync()).EnumerateObject().Where(member => member.Name != "correlation_id").Select(member => $"{member}")));
        }

        Assert.Single(refusals);
    }
}
