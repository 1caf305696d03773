using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

public sealed class MintTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TokenCarriesTheTenantsRuleAndTheDataIdentity()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var body = api.Superset.LastMint;
        Assert.Equal("northside/admin", body.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal("northside", body.GetProperty("user").GetProperty("first_name").GetString());
        Assert.Equal($$"""[{"type":"dashboard","id":"{{TestCatalogue.ClinicEmbedded}}"}]""", body.GetProperty("resources").GetRawText());
        var rule = Assert.Single(body.GetProperty("rls").EnumerateArray());
        Assert.Equal(["dataset", "clause"], rule.EnumerateObject().Select(member => member.Name));
        Assert.Equal(7, rule.GetProperty("dataset").GetInt32());
        Assert.Equal("tenant_id = 'northside'", rule.GetProperty("clause").GetString());
    }

    [Fact]
    public async Task CliniciansTokenCarriesTheirStaffId()
    {
        using var browser = await api.SignInAsync(new TestPerson { Roles = ["clinician"], StaffId = "s-17" });
        using var answer = await browser.MintAsync("clinic");
        Assert.Equal("northside/clinician/s-17", api.Superset.LastMint.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal("tenant_id = 'northside' AND staff_id = 's-17'", api.Superset.LastMint.GetProperty("rls")[0].GetProperty("clause").GetString());
    }

    [Fact]
    public async Task AssertionIsSignedAndBoundToTheGrant()
    {
        var person = new TestPerson { Region = "nsw", Department = "No value of any condition" };
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync("clinic");
        var assertion = api.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!;

        var parts = assertion.Split('.');
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ApiFixture.AssertionKey), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(signature), parts[2]);
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));

        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"];
        Assert.Equal("embedstack-api", claims.GetProperty("iss").GetString());
        Assert.Equal("northside/admin", claims.GetProperty("identity").GetString());
        Assert.Equal(session, claims.GetProperty("sid").GetGuid());
        Assert.Equal($$"""["{{TestCatalogue.ClinicEmbedded}}"]""", claims.GetProperty("dashboards").GetRawText());
        Assert.Equal("""{"kind":"shared","database":"clinic","schema":"clinic"}""", claims.GetProperty("store").GetRawText());
        Assert.Equal("""{"region":"nsw"}""", claims.GetProperty("attributes").GetRawText());
        Assert.Equal("""["view","table","drill","export"]""", claims.GetProperty("tier").GetRawText());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData("7\ttenant_id = 'northside'\n"u8)), claims.GetProperty("rules_sha256").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetDecimal(), 359, 360);
        Assert.NotEqual(Guid.Empty, claims.GetProperty("jti").GetGuid());
    }

    [Fact]
    public async Task AnswerHoldsTheTokensOwnExpiryAndIsNotStored()
    {
        api.Superset.TokenSeconds = 123;
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.PostAsync("/api/superset/guest-token", new { dashboard_keys = (string[])["clinic", "appointments", "clinic"] });
        api.Superset.TokenSeconds = 300;

        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var json = await answer.JsonAsync();
        var expiry = json.GetProperty("expires_at").GetDateTimeOffset();
        Assert.InRange(expiry, DateTimeOffset.UtcNow.AddSeconds(100), DateTimeOffset.UtcNow.AddSeconds(123));
        Assert.Equal(["token", "expires_at", "dashboards"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["clinic", "appointments"], json.GetProperty("dashboards").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()));
        var clinic = json.GetProperty("dashboards")[0];
        Assert.Equal(TestCatalogue.ClinicEmbedded, clinic.GetProperty("embedded_id").GetString());
        Assert.Equal(ApiFixture.EmbedOrigin, clinic.GetProperty("domain").GetString());
        Assert.Single(api.Superset.LastMint.GetProperty("rls").EnumerateArray());
    }

    [Fact]
    public async Task ForgedTenantIsIgnored()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        browser.Cookies["tenant"] = "harbour";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token?tenant=harbour&tenant_id=harbour&role=network")
        {
            Content = new StringContent(
                """{"dashboard_key":"clinic","tenant":"harbour","tenant_id":"harbour","role":"network","rls":[],"user":{"username":"harbour/admin"}}""",
                Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("X-Tenant", "harbour");
        request.Headers.Add("X-Forwarded-User", "harbour/admin");
        using var answer = await browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("harbour", api.Superset.LastMint.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UncoveredDatasetStopsTheMintAndIsNotNamed()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var before = api.Superset.LastMint;
        using var answer = await browser.MintAsync("uncovered");
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");
        Assert.DoesNotContain("salaries", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(before, api.Superset.LastMint);
    }

    [Fact]
    public async Task RoleWithoutARuleGetsNothing()
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var answer = await browser.MintAsync("network");
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");
    }

    [Fact]
    public async Task OneForeignKeyAmongSeveralStopsTheMint()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.PostAsync("/api/superset/guest-token", new { dashboard_keys = (string[])["clinic", "network"] });
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"dashboard_key":null}""")]
    [InlineData("""{"dashboard_key":""}""")]
    [InlineData("""{"dashboard_key":7}""")]
    [InlineData("""{"dashboard_key":"../x"}""")]
    [InlineData("""{"dashboard_key":"clinic","dashboard_keys":["clinic"]}""")]
    [InlineData("""{"dashboard_keys":[]}""")]
    [InlineData("""{"dashboard_keys":[null]}""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task MalformedRequestIsRefused(string body)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await SendAsync(browser, body, "application/json");
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task OtherMediaTypesAndLargeBodiesAreRefused()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var text = await SendAsync(browser, """{"dashboard_key":"clinic"}""", "text/plain");
        await text.AssertProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        using var large = await SendAsync(browser, $$"""{"dashboard_key":"{{new string('a', 9000)}}"}""", "application/json");
        await large.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task MintNeedsASession()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.MintAsync("clinic");
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    private static Task<HttpResponseMessage> SendAsync(Browser browser, string body, string mediaType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token") { Content = new StringContent(body, Encoding.UTF8, mediaType) };
        request.Headers.Add("X-CSRF", "1");
        return browser.SendAsync(request);
    }
}
