using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Dashboards;

public sealed class EntitlementAdministrationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/admin/entitlements";

    [Fact]
    public async Task ChangeCountsFromTheNextRequestAndIsAuditedAndKept()
    {
        var person = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await api.SignInAsync(person);
        using var clerk = await api.SignInAsync(new TestPerson { Roles = ["staff"] });
        var (tag, document) = await ReadAsync(leader);
        document["entitlements"]!.AsArray().Add(Entry("clinic", "staff", "northside"));

        var (status, newTag) = await ReplaceAsync(leader, document, tag);
        try
        {
            Assert.Equal(HttpStatusCode.OK, status);
            using var opened = await clerk.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            using var other = await api.SignInAsync(new TestPerson { Roles = ["staff"], Organizations = ["harbour"] });
            using var closed = await other.MintAsync("clinic");
            await closed.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");

            var row = Assert.Single(await api.Database.QueryAsync("select * from audit.events where kind = 'entitlement_change' and person = audit.person($1)", person.Subject));
            Assert.Equal("allowed", row["outcome"]);
            Assert.Matches(@"^#\d+ \+clinic/staff/northside$", (string)row["reason"]!);
            Assert.Equal(["clinic"], (string[])row["dashboards"]!);
            var version = Assert.Single(await api.Database.QueryAsync(
                "select jsonb_array_length(after->'entitlements') - jsonb_array_length(before->'entitlements') as more from api.entitlement_versions where correlation_id = $1", row["correlation_id"]!));
            Assert.Equal(1, version["more"]);
            await AssertHistoryTellsAsync(leader, row["person"]!.ToString()!, (string)row["correlation_id"]!, document);
        }
        finally
        {
            document["entitlements"]!.AsArray().RemoveAt(document["entitlements"]!.AsArray().Count - 1);
            Assert.Equal(HttpStatusCode.OK, (await ReplaceAsync(leader, document, newTag)).Status);
        }

        using var after = await clerk.MintAsync("clinic");
        await after.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
    }

    // Whose request it was a caller may say as they like: traceparent is everybody's to send.
    [Fact]
    public async Task NobodysChangeIsLaidAtAnothersDoor()
    {
        var persons = Enumerable.Range(0, 2).Select(_ => new TestPerson { Organizations = ["lakeland"], Roles = ["network"] }).ToArray();
        const string Trace = "00-11111111111111111111111111111111-2222222222222222-01";
        using var first = await api.SignInAsync(persons[0]);
        using var second = await api.SignInAsync(persons[1]);
        var (tag, document) = await ReadAsync(first);
        using var changed = await PutAsync(first, document, tag, Trace);
        using var again = await PutAsync(second, document, tag, Trace);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (changed.StatusCode, again.StatusCode));

        var history = (await first.GetJsonAsync($"{Path}/history?limit=2")).GetProperty("versions").EnumerateArray().ToArray();
        Assert.Single(history.Select(version => version.GetProperty("correlation_id").GetString()).Distinct());
        foreach (var (person, version) in persons.Zip(history.Reverse()))
        {
            var pseudonym = Assert.Single(await api.Database.QueryAsync("select audit.person($1)::text as id", person.Subject))["id"];
            Assert.Equal(pseudonym, version.GetProperty("person").GetString());
        }
    }

    [Fact]
    public async Task SlowerOfTwoLeadersIsTold()
    {
        using var leader = await SignInLeaderAsync();
        var (tag, document) = await ReadAsync(leader);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ReplaceAsync(leader, document, "\"other\"")).Status);
        Assert.Equal((HttpStatusCode)428, (await ReplaceAsync(leader, document, null)).Status);
        Assert.Equal((HttpStatusCode.OK, tag), await ReplaceAsync(leader, document, tag));
    }

    [Theory]
    [InlineData("no-such-dashboard", "staff", "*", null, null)]
    [InlineData("clinic", "nobody", "*", null, null)]
    [InlineData("clinic", "staff", "no-such-tenant", null, null)]
    [InlineData("clinic", "staff", "*", "shoe_size", "44")]
    [InlineData("clinic", "staff", "*", "region", "' OR 1=1 --")]
    [InlineData("clinic", "staff", "*", "region", null)]
    [InlineData("clinic", "admin", "*", null, null)]
    public async Task UnknownNamesAreRefusedAndNothingChanges(string dashboard, string role, string tenant, string? attribute, string? value)
    {
        using var leader = await SignInLeaderAsync();
        var (tag, document) = await ReadAsync(leader);
        var entry = Entry(dashboard, role, tenant);
        if (attribute is not null)
        {
            entry["conditions"] = new JsonObject { [attribute] = value is null ? new JsonArray() : new JsonArray(value) };
        }

        document["entitlements"]!.AsArray().Add(entry);
        using var answer = await PutAsync(leader, document, tag);
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-entitlements");
        Assert.Equal(tag, (await ReadAsync(leader)).Tag);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("clinician")]
    [InlineData("staff")]
    public async Task OnlyLeadershipFindsAnythingHere(string role)
    {
        var person = new TestPerson { Roles = [role], StaffId = "s-1" };
        using var browser = await api.SignInAsync(person);
        using var read = await browser.GetAsync(Path);
        await read.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var write = await PutAsync(browser, new JsonObject { ["entitlements"] = new JsonArray() }, "*");
        await write.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(2, (await api.Database.QueryAsync("select 1 from audit.events where kind = 'access' and reason = 'not-entitled' and person = audit.person($1)", person.Subject)).Count);
    }

    private static async Task AssertHistoryTellsAsync(Browser leader, string person, string correlationId, JsonObject document)
    {
        var history = await leader.GetJsonAsync($"{Path}/history?limit=1");
        var latest = Assert.Single(history.GetProperty("versions").EnumerateArray());
        Assert.Equal((person, correlationId), (latest.GetProperty("person").GetString(), latest.GetProperty("correlation_id").GetString()));
        Assert.Equal(["clinic/staff/northside"], latest.GetProperty("added").EnumerateArray().Select(key => key.GetString()));
        Assert.Empty(latest.GetProperty("removed").EnumerateArray());
        var kept = await leader.GetJsonAsync($"{Path}/history/{latest.GetProperty("version").GetInt64()}");
        Assert.Equal(document["entitlements"]!.AsArray().Count, kept.GetProperty("entitlements").GetArrayLength());
        foreach (var wrong in (string[])["?limit=0", "?limit=51", "?before=x"])
        {
            using var refused = await leader.GetAsync($"{Path}/history{wrong}");
            await refused.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        }

        using var nothing = await leader.GetAsync($"{Path}/history/999999");
        await nothing.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static JsonObject Entry(string dashboard, string role, string tenant) => new() { ["dashboard"] = dashboard, ["role"] = role, ["tenant"] = tenant };

    private Task<Browser> SignInLeaderAsync() => api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });

    private static async Task<(string Tag, JsonObject Document)> ReadAsync(Browser leader)
    {
        using var answer = await leader.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.ETag!.ToString(), JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private static async Task<(HttpStatusCode Status, string? Tag)> ReplaceAsync(Browser leader, JsonObject document, string? tag)
    {
        using var answer = await PutAsync(leader, document, tag);
        return (answer.StatusCode, answer.Headers.ETag?.ToString());
    }

    private static Task<HttpResponseMessage> PutAsync(Browser browser, JsonObject document, string? tag, string? trace = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Path) { Content = JsonContent.Create(document) };
        request.Headers.Add("X-CSRF", "1");
        if (trace is not null)
        {
            request.Headers.Add("traceparent", trace);
        }

        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return browser.SendAsync(request);
    }
}
