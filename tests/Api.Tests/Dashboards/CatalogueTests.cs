using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Dashboards;

public sealed class CatalogueTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("admin", null, "clinic", true)]
    [InlineData("admin", null, "appointments", true)]
    [InlineData("admin", null, "network", false)]
    [InlineData("staff", null, "clinic", false)]
    [InlineData("staff", null, "appointments", true)]
    [InlineData("clinician", "s-1", "clinic", true)]
    public async Task RoleDecidesWhichDashboardsOpen(string role, string? staffId, string key, bool opens)
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = [role], StaffId = staffId });
        using var answer = await browser.MintAsync(key);
        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("northside", "admin", "clinic Clinic overview,appointments Appointments,uncovered Reaches a dataset that nobody wrote a rule for")]
    [InlineData("northside", "staff", "appointments Appointments")]
    [InlineData("lakeland", "network", "network The network's")]
    public async Task PersonsDashboardsAreListedInTheCataloguesOrder(string organization, string role, string expected)
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = [organization], Roles = [role] });
        using var answer = await browser.GetAsync("/api/dashboards");
        Assert.Equal(
            expected.Split(','),
            (await answer.JsonAsync()).GetProperty("dashboards").EnumerateArray()
                .Select(entry => $"{entry.GetProperty("key").GetString()} {entry.GetProperty("title").GetString()}"));
    }

    [Fact]
    public async Task DashboardsAreListedToNobodyElse()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync("/api/dashboards");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    [Theory]
    [InlineData("shared.entitlements")]
    [InlineData("shared.tenants")]
    public async Task CallersOfADatabaseThatHangsDoNotQueueUp(string table)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await using (await api.Database.LockAsync(table))
        {
            api.Clock.Advance(TimeSpan.FromSeconds(11));

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.MintAsync("clinic")))
                .WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        }

        using var after = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task UnknownAndForeignDashboardsAnswerAlike()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var foreign = await browser.MintAsync("network");
        using var unknown = await browser.MintAsync("no-such-dashboard");
        await foreign.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
        Assert.Equal((await foreign.JsonAsync()).GetProperty("title").GetString(), (await unknown.JsonAsync()).GetProperty("title").GetString());
    }

    [Fact]
    public async Task ChangedEntitlementCountsWithoutARestartAndIsNeverOverwritten()
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = ["staff"] });
        await api.Database.ExecuteAsync("insert into shared.entitlements (dashboard_key, role) values ('uncovered', 'staff')");
        await Eventually.TrueAsync("staff may open it", async () => await StatusAsync(browser, "uncovered") == HttpStatusCode.Conflict);

        await using var again = api.StartInstance();
        await api.Database.ExecuteAsync("delete from shared.entitlements where dashboard_key = 'uncovered' and role = 'staff'");
        await Eventually.TrueAsync("staff may not open it", async () => await StatusAsync(browser, "uncovered") == HttpStatusCode.NotFound);
        await using var third = api.StartInstance();
        Assert.Empty(await api.Database.QueryAsync("select 1 from shared.entitlements where dashboard_key = 'uncovered' and role = 'staff'"));
    }

    [Fact]
    public async Task RepublishedIdsReachTheNextToken()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await api.Database.ExecuteAsync("update shared.catalog_ids set id = 70 where kind = 'dataset' and key = 'appointments'");
        try
        {
            await Eventually.TrueAsync("the token names dataset 70", async () =>
            {
                using var answer = await browser.MintAsync("clinic");
                return api.Superset.LastMint.GetProperty("rls")[0].GetProperty("dataset").GetInt32() == 70;
            });
        }
        finally
        {
            await api.Database.ExecuteAsync("update shared.catalog_ids set id = 7 where kind = 'dataset' and key = 'appointments'");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser, string key)
    {
        using var answer = await browser.MintAsync(key);
        return answer.StatusCode;
    }
}
