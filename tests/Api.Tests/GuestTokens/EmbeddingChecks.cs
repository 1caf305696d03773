using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>The mint's part of the checks that docs/security-tests.md lists, each named after its number there.</summary>
public sealed class EmbeddingChecks(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Names = ["tenant", "tenant_id", "tenant_key", "organization", "role", "staff_id", "sub", "user", "username", "rls"];
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Places => ["body", "nested body", "query", "header", "forwarded header", "cookie"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Check1TenantThatARequestNamesIsIgnored(string place)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var (body, query) = (new Dictionary<string, object> { ["dashboard_key"] = "clinic" }, "");
        using var request = new HttpRequestMessage { Method = HttpMethod.Post };
        foreach (var name in Names)
        {
            switch (place)
            {
                case "body":
                    body[name] = "harbour";
                    break;
                case "nested body":
                    body[name] = new { key = "harbour", tenant = "harbour", username = "harbour/admin" };
                    break;
                case "query":
                    query += $"&{name}=harbour";
                    break;
                case "cookie":
                    browser.Cookies[name] = "harbour";
                    break;
                default:
                    request.Headers.Add($"X-{(place == "header" ? "" : "Forwarded-")}{name.Replace('_', '-')}", "harbour");
                    break;
            }
        }

        request.RequestUri = new Uri($"/api/superset/guest-token?{query.TrimStart('&')}", UriKind.Relative);
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        request.Headers.Add("X-CSRF", "1");
        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("harbour", api.Superset.LastMint.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("northside/admin", api.Superset.LastMint.GetProperty("user").GetProperty("username").GetString());
    }

    [Theory]
    [InlineData("", "admin", "no-tenant")]
    [InlineData("northside,harbour", "admin", "no-tenant")]
    [InlineData("no-such-tenant", "admin", "no-tenant")]
    [InlineData("northside", "", "no-role")]
    [InlineData("northside", "admin,staff", "no-role")]
    [InlineData("northside", "superuser", "no-role")]
    [InlineData("northside", "network", "no-role")]
    [InlineData("lakeland", "admin", "no-role")]
    public async Task Check2WhoHasNotExactlyOneTenantAndRoleMintsNothingAndIsAudited(string organizations, string roles, string slug)
    {
        var person = new TestPerson
        {
            Organizations = organizations.Split(',', StringSplitOptions.RemoveEmptyEntries), Roles = roles.Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        using var browser = await api.SignInAsync(person);
        var before = api.Superset.LastMint;
        using var answer = await browser.MintAsync("clinic");
        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, slug);
        Assert.Equal(before, api.Superset.LastMint);
        Assert.NotEmpty(await api.Database.QueryAsync("select 1 from audit.events where outcome = 'refused' and reason = $2 and person = audit.person($1)", person.Subject, slug));
    }

    [Fact]
    public async Task Check2PersonOfADisabledTenantMintsNothingAndIsAudited()
    {
        var person = new TestPerson { Organizations = ["manly"] };
        using var browser = await api.SignInAsync(person);
        using var before = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        var last = api.Superset.LastMint;
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var disabled = await leader.PostAsync("/api/admin/tenants/manly/disable");
        Assert.Equal(HttpStatusCode.NoContent, disabled.StatusCode);
        try
        {
            using var answer = await browser.MintAsync("clinic");
            await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
        }
        finally
        {
            using var enabled = await leader.PostAsync("/api/admin/tenants/manly/enable");
            Assert.Equal(HttpStatusCode.NoContent, enabled.StatusCode);
        }

        Assert.Equal(last, api.Superset.LastMint);
        var row = Assert.Single(await api.Database.QueryAsync(
            "select kind, tenant, reason from audit.events where outcome = 'refused' and person = audit.person($1)", person.Subject));
        Assert.Equal("no-tenant", row["reason"]);
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("s-1') OR ('1'='1")]
    [InlineData("s-1/**/OR/**/1=1")]
    [InlineData("s-1' UNION SELECT 1 /*")]
    [InlineData("ｓ-1")]
    [InlineData("s-1\u2019")]
    [InlineData("{{ 1 }}")]
    public async Task Check3ValueThatCouldEndALiteralNeverReachesARule(string staffId)
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = ["clinician"], StaffId = staffId });
        using var answer = await browser.MintAsync("clinic");
        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "no-role");
    }

    [Fact]
    public async Task Check4UncoveredDatasetStopsTheMintAndRulesHaveNoOtherKey()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var uncovered = await browser.MintAsync("uncovered");
        await uncovered.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");
        Assert.DoesNotContain("salaries", await uncovered.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var covered = await browser.MintAsync("clinic");
        Assert.All(api.Superset.LastMint.GetProperty("rls").EnumerateArray(), rule => Assert.Equal(["dataset", "clause"], rule.EnumerateObject().Select(member => member.Name)));
    }

    [Theory]
    [InlineData("admin", "clinic,appointments")]
    [InlineData("clinician", "clinic,appointments")]
    [InlineData("staff", "appointments")]
    public async Task Check6OnlyEntitledDashboardsOpenAndAllOthersAnswerAlike(string role, string own)
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = [role], StaffId = role == "clinician" ? "s-1" : null });
        string[] keys = ["clinic", "appointments", "network", "nothing", TestCatalogue.ClinicEmbedded, "1"];
        var refusals = new List<string>();
        foreach (var key in keys)
        {
            using var answer = await browser.MintAsync(key);
            if (own.Split(',').Contains(key))
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                continue;
            }

            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
            var problem = await answer.JsonAsync();
            refusals.Add(string.Join('|', problem.EnumerateObject().Where(member => member.Name != "correlation_id").Select(member => member.ToString())));
        }

        Assert.Single(refusals.Distinct());
    }

    [Fact]
    public async Task Check10TokenIsShortLivedAndKeptNowhere()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.MintAsync("clinic");
        var json = await answer.JsonAsync();
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.InRange(json.GetProperty("expires_at").GetDateTimeOffset(), api.Clock.GetUtcNow(), api.Clock.GetUtcNow().AddSeconds(301));
        var header = json.GetProperty("token").GetString()!.Split('.')[0];
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(header)));
    }

    [Fact]
    public async Task Check11MintIsForOwnPagesAlone()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var forged = await browser.PostAsync("/api/superset/guest-token", new { dashboard_key = "clinic" }, csrf: false);
        await forged.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
        using var nobody = api.NewBrowser();
        using var anonymous = await nobody.MintAsync("clinic");
        await anonymous.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");

        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/superset/guest-token");
        preflight.Headers.Add("Origin", "http://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var refused = await browser.SendAsync(preflight);
        Assert.DoesNotContain(refused.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Check18PersonWhoIsDisabledAtKeycloakMintsNothingAfterTenSeconds()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var before = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        person.Active = false;
        api.Clock.Advance(TimeSpan.FromSeconds(11));
        using var after = await browser.MintAsync("clinic");
        await after.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }
}
