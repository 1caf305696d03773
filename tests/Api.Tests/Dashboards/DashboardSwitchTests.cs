using System.Net;
using System.Net.Http.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Dashboards;

public sealed class DashboardSwitchTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/admin/dashboards";

    [Fact]
    public async Task DashboardThatIsOffIsOpenToNobodyUntilItIsOnAgain()
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var browser = await api.SignInAsync(new TestPerson());
        var tag = await SetAsync(leader, "appointments", false, await TagAsync(leader));
        try
        {
            using var refused = await browser.MintAsync("appointments");
            await refused.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
            using var list = await browser.GetAsync("/api/dashboards");
            Assert.DoesNotContain("appointments", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using var other = await browser.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
        finally
        {
            await SetAsync(leader, "appointments", true, tag);
        }

        using var after = await browser.MintAsync("appointments");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        var rows = await api.Database.QueryAsync(
            "select outcome, reason, dashboards from audit.events where kind = 'entitlement_change' and person = audit.person($1) order by at", person.Subject);
        var history = (await leader.GetJsonAsync($"{Path}/history?limit=2")).GetProperty("versions").EnumerateArray().Reverse().ToArray();
        Assert.Equal([("appointments", false), ("appointments", true)], history.Select(version => (version.GetProperty("key").GetString(), version.GetProperty("enabled").GetBoolean())));
        var pseudonym = (string)Assert.Single(await api.Database.QueryAsync("select audit.person($1)::text as id", person.Subject))["id"]!;
        Assert.All(history, version => Assert.Equal(pseudonym, version.GetProperty("person").GetString()));
        Assert.Equal(
            history.Select(version => ("allowed", $"switch#{version.GetProperty("version").GetInt64()} {(version.GetProperty("enabled").GetBoolean() ? "enabled" : "disabled")}")),
            rows.Select(row => ((string)row["outcome"]!, (string)row["reason"]!)));
        Assert.All(rows, row => Assert.Equal(["appointments"], (string[])row["dashboards"]!));
    }

    [Fact]
    public async Task SlowerOfTwoLeadersIsToldAndUnknownKeysAreNotThere()
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var stale = await PutAsync(leader, "clinic", new { enabled = false }, "\"other\"");
        await stale.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        using var blind = await PutAsync(leader, "clinic", new { enabled = false }, null);
        await blind.AssertProblemAsync((HttpStatusCode)428, "precondition-required");
        using var unknown = await PutAsync(leader, "no-such-dashboard", new { enabled = false }, "*");
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var empty = await PutAsync(leader, "clinic", new { }, "*");
        await empty.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        Assert.Empty(await api.Database.QueryAsync("select 1 from shared.dashboards where not enabled"));
        Assert.Empty(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'entitlement_change' and outcome = 'allowed' and person = audit.person($1)", person.Subject));
    }

    [Fact]
    public async Task SwitchThatWasRefusedIsInNoHistory()
    {
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        var before = (await leader.GetJsonAsync($"{Path}/history")).GetProperty("versions").GetArrayLength();
        using var stale = await PutAsync(leader, "clinic", new { enabled = false }, "\"other\"");
        await stale.AssertProblemAsync(HttpStatusCode.PreconditionFailed, "precondition-failed");
        Assert.Equal(before, (await leader.GetJsonAsync($"{Path}/history")).GetProperty("versions").GetArrayLength());
    }

    [Fact]
    public async Task SwitchThatChangesNothingIsInNoHistoryAndNoAudit()
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        var before = (await leader.GetJsonAsync($"{Path}/history")).GetProperty("versions").GetArrayLength();
        using var same = await PutAsync(leader, "clinic", new { enabled = true }, "*");
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        Assert.Equal(before, (await leader.GetJsonAsync($"{Path}/history")).GetProperty("versions").GetArrayLength());
        Assert.Empty(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'entitlement_change' and person = audit.person($1)", person.Subject));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("staff")]
    public async Task OnlyLeadershipFindsAnythingHere(string role)
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = [role] });
        using var read = await browser.GetAsync(Path);
        await read.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var write = await PutAsync(browser, "clinic", new { enabled = false }, "*");
        await write.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        foreach (var path in (string[])["/api/admin/entitlements/history", $"{Path}/history"])
        {
            using var history = await browser.GetAsync(path);
            await history.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    private static async Task<string> TagAsync(Browser leader)
    {
        using var answer = await leader.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag!.ToString();
    }

    private static async Task<string> SetAsync(Browser leader, string key, bool enabled, string tag)
    {
        using var answer = await PutAsync(leader, key, new { enabled }, tag);
        Assert.True(answer.IsSuccessStatusCode, $"{key} was not switched: {(int)answer.StatusCode}");
        Assert.NotEqual(tag, answer.Headers.ETag!.ToString());
        return answer.Headers.ETag.ToString();
    }

    private static Task<HttpResponseMessage> PutAsync(Browser browser, string key, object body, string? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Path}/{key}") { Content = JsonContent.Create(body), Headers = { { "X-CSRF", "1" } } };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return browser.SendAsync(request);
    }
}
