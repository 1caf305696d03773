using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>An Api that takes tokens of an issuer with which it shares a secret.</summary>
public sealed class IssuerFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    public const string Issuer = "https://id.host.example";
    public const string Secret = "secret-shared-with-the-issuer-0123456789";

    public string SecretFile { get; } = Path.GetTempFileName();

    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings
    {
        get
        {
            File.WriteAllText(SecretFile, Secret);
            return
            [
                .. base.OwnSettings, new("EMBED_JWT_ISSUER", Issuer), new("EMBED_JWT_AUDIENCE", "dashboards"), new("EMBED_JWT_TENANT_CLAIM", "org_id"),
                new("EMBED_JWT_SECRET_FILE", SecretFile),
            ];
        }
    }

    public JsonObject Claims(string tenant = "northside", string role = "admin")
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = Issuer, ["aud"] = "dashboards", ["sub"] = "somebody", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 300, ["org_id"] = tenant, ["role"] = role,
        };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        File.Delete(SecretFile);
        GC.SuppressFinalize(this);
    }
}

/// <summary>A host's own token is exchanged as the browser's is: for the same guest, behind the same walls.</summary>
public sealed class IssuerTests(IssuerFixture api) : IClassFixture<IssuerFixture>
{
    private static readonly Dictionary<string, Action<JsonObject>> Alterations = new()
    {
        ["of another issuer"] = claims => claims["iss"] = "https://id.elsewhere.example",
        ["for another audience"] = claims => claims["aud"] = "elsewhere",
        ["for no audience"] = claims => claims.Remove("aud"),
        ["expired"] = claims => claims["exp"] = (long)claims["iat"]! - 120,
        ["without an end"] = claims => claims.Remove("exp"),
        ["with an end that is a text"] = claims => claims["exp"] = "9999999999",
        ["that lives longer than a day"] = claims => claims["exp"] = (long)claims["iat"]! + 100_000,
        ["not yet valid"] = claims => claims["nbf"] = (long)claims["iat"]! + 3600,
        ["of the future"] = claims => claims["iat"] = (long)claims["iat"]! + 3600,
        ["of no tenant"] = claims => claims["org_id"] = "nowhere",
        ["of a role that clinics do not have"] = claims => claims["role"] = "network",
        ["of no role"] = claims => claims.Remove("role"),
        ["of a clinician without a staff id"] = claims => claims["role"] = "clinician",
        ["with SQL for a tenant"] = claims => claims["org_id"] = "northside' OR 1=1 --",
        ["with an attribute that is SQL"] = claims => claims["region"] = "x' OR 1=1",
        ["that may not even view"] = claims => claims["permissions"] = new JsonArray("export"),
        ["that lives longer than a day, of which most is over"] = claims => (claims["iat"], claims["nbf"]) = ((long)claims["iat"]! - 86_300, (long)claims["iat"]! - 86_300),
        ["with an id that is no text"] = claims => claims["jti"] = 7,
        ["with an id that is none"] = claims => claims["jti"] = "",
        ["with an id that no revocation could name"] = claims => claims["jti"] = new string('x', 256),
        ["with datasets that are no list"] = claims => claims["dataset_ids"] = "appointments",
    };

    private const string Path = "/api/admin/revocations";

    private static TestPerson Leadership { get; } = new() { Organizations = ["lakeland"], Roles = ["network"] };

    public static TheoryData<string> Altered => [.. Alterations.Keys];

    [Fact]
    public async Task SupersetGetsATokenOfTheApisOwnForTheSamePerson()
    {
        var claims = api.Claims();
        claims["sub"] = "somebody-who-was-not-here-before";
        using var answer = await api.ReadAsync(Sign(claims));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(JsonWebSignature.Verify(api.Superset.LastSeen!.Headers["X-GuestToken"], ["guest-secret"]) is not null);
        var body = api.Superset.LastMint;
        Assert.Equal("northside/admin", body.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal("tenant_id = 'northside'", Assert.Single(body.GetProperty("rls").EnumerateArray()).GetProperty("clause").GetString());
    }

    [Fact]
    public async Task ItIsMadeOnceForAllOfAPersonsTokens()
    {
        using var first = await api.ReadAsync(Sign(api.Claims("harbour")));
        var mints = api.Superset.Mints;
        var other = api.Claims("harbour");
        other["jti"] = "another";
        using var second = await api.ReadAsync(Sign(other));
        Assert.Equal((HttpStatusCode.OK, mints), (second.StatusCode, api.Superset.Mints));
    }

    [Theory]
    [MemberData(nameof(Altered))]
    public async Task TokenWithAWrongClaimIsRefused(string what)
    {
        var claims = api.Claims();
        Alterations[what](claims);
        await AssertRefusedAsync(Sign(claims), HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task TokenUnderAnotherSecretOrAlgorithmIsRefused()
    {
        await AssertRefusedAsync(JsonWebSignature.Sign(api.Claims(), ApiFixture.EdgeTokenKey), HttpStatusCode.Unauthorized, "no-guest-token");
        var parts = Sign(api.Claims()).Split('.');
        foreach (var header in new[] { """{"alg":"none"}""", """{"alg":"HS384"}""", """{"alg":"HS256","crit":["b64"]}""", """{"alg":"RS256","kid":"x"}""" })
        {
            var encoded = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(header));
            await AssertRefusedAsync($"{encoded}.{parts[1]}.{parts[2]}", HttpStatusCode.Unauthorized, "no-guest-token");
        }
    }

    [Fact]
    public async Task PermissionsAndDatasetsOnlyTakeAway()
    {
        var claims = api.Claims("manly");
        claims["permissions"] = new JsonArray("view", "table", "everything");
        using var answer = await api.ReadAsync(Sign(claims));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var assertion = ExchangeFixture.Claims(api.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!);
        Assert.Equal("""["view","table"]""", assertion.GetProperty("tier").GetRawText());

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Sign(claims), 7)).StatusCode);
        var before = api.Superset.LastSeen;
        await (await AskAsync(Sign(claims), 8)).AssertProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Same(before, api.Superset.LastSeen);

        claims["dataset_ids"] = new JsonArray("salaries");
        await AssertRefusedAsync(Sign(claims), HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("GET", "/api/v1/me/roles/", null, HttpStatusCode.OK)]
    [InlineData("GET", "/api/v1/dashboard/1/charts", null, HttpStatusCode.OK)]
    [InlineData("GET", "/api/v1/dashboard/4", null, HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/dataset/7/drill_info/?q=(dashboard_id:1)", null, HttpStatusCode.OK)]
    [InlineData("GET", "/api/v1/dataset/8/drill_info/?q=(dashboard_id:1)", null, HttpStatusCode.Forbidden)]
    [InlineData("POST", "/datasource/samples?datasource_id=7", "", HttpStatusCode.OK)]
    [InlineData("POST", "/datasource/samples?datasource_id=8", "", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/chart/data", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/chart/data", "form_data={\"datasource\":{\"id\":7},\"result_format\":\"csv\"}", HttpStatusCode.OK)]
    [InlineData("POST", "/api/v1/chart/data", "form_data={\"datasource\":{\"id\":8},\"result_format\":\"csv\"}", HttpStatusCode.Forbidden)]
    [InlineData("POST", "/api/v1/chart/data", "form_data={\"datasource\":{\"id\":7}}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/chart/data", "nothing=else", HttpStatusCode.BadRequest)]
    public async Task EachRouteKnowsTheDatasetsThatAreOpen(string method, string target, string? body, HttpStatusCode expected)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request(method, target);
        request.Headers.Add("X-GuestToken", Sign(api.Claims()));
        request.Content = body is null ? null
            : new StringContent(body, System.Text.Encoding.UTF8, body.Contains('=', StringComparison.Ordinal) ? "application/x-www-form-urlencoded" : "application/json");
        api.Superset.Answer = context => context.Response.WriteAsync("{}");
        try
        {
            using var answer = await browser.SendAsync(request);
            Assert.Equal(expected, answer.StatusCode);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task OneTokenIsRevokedByItsIdOnEveryInstance()
    {
        var other = api.StartInstance();
        using var leader = await api.SignInAsync(Leadership);
        var (stolen, sibling, nameless) = (api.Claims(), api.Claims(), api.Claims());
        (stolen["jti"], sibling["jti"]) = ("stolen / é", "its sibling");
        foreach (var claims in new[] { stolen, sibling, nameless })
        {
            using var before = await api.ReadAsync(Sign(claims), other);
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        using var revoked = await leader.PostAsync(Path, new { kind = "token", value = "stolen / é", issuer = IssuerFixture.Issuer });

        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await AssertRefusedAsync(Sign(stolen), HttpStatusCode.Unauthorized, "no-guest-token");
        await Eventually.TrueAsync("the other instance refuses it", async () =>
        {
            using var there = await api.ReadAsync(Sign(stolen), other);
            return there.StatusCode == HttpStatusCode.Unauthorized;
        });
        foreach (var claims in new[] { sibling, nameless })
        {
            using var spared = await api.ReadAsync(Sign(claims));
            Assert.Equal(HttpStatusCode.OK, spared.StatusCode);
        }

        Assert.Single(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'revocation' and reason = 'revoked token of an issuer' and person = audit.person($1)", Leadership.Subject));
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'token' and expires_at > now() + interval '24 hours'"));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "not-found", """{"kind":"token","value":"x","issuer":"https://id.elsewhere.example"}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"token","value":"","issuer":"https://id.host.example"}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"token","issuer":"https://id.host.example"}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"token","value":"x","issuer":""}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"token","value":"x"}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"token","value":"x","issuer":"https://id.host.example","until_lifted":true}""")]
    [InlineData(HttpStatusCode.BadRequest, "invalid-revocation", """{"kind":"tenant","value":"northside","issuer":"https://id.host.example"}""")]
    public async Task TokenOfNoIssuerAndWhatNamesNoneIsNotRevoked(HttpStatusCode status, string slug, string body)
    {
        using var leader = await api.SignInAsync(Leadership);
        using var answer = await leader.PostAsync(Path, JsonNode.Parse(body)!);
        await answer.AssertProblemAsync(status, slug);
    }

    [Fact]
    public async Task IssuersTokensAreLeaderships()
    {
        using var administrator = await api.SignInAsync(new TestPerson());
        var own = ExchangeFixture.Claims(await ExchangeFixture.TokenAsync(administrator)).GetProperty("jti").GetString()!;
        foreach (var value in new[] { "x", own })
        {
            using var answer = await administrator.PostAsync(Path, new { kind = "token", value, issuer = IssuerFixture.Issuer });
            await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task TokenIsKnownAgainOnlyWhileItsSecretCounts()
    {
        var token = Sign(api.Claims());
        using var first = await api.ReadAsync(token);
        using var second = await api.ReadAsync(token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        await File.WriteAllTextAsync(api.SecretFile, "another-secret-shared-with-the-issuer-0123456789", TestContext.Current.CancellationToken);
        try
        {
            await AssertRefusedAsync(token, HttpStatusCode.Unauthorized, "no-guest-token");
        }
        finally
        {
            await File.WriteAllTextAsync(api.SecretFile, IssuerFixture.Secret, TestContext.Current.CancellationToken);
        }

        using var back = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        api.Clock.Advance(TimeSpan.FromMinutes(6));
        await AssertRefusedAsync(token, HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task RevokedTenantsTokenEnds()
    {
        var claims = api.Claims("hurstville");
        claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(); // by the database's clock, whatever other tests made of ours
        var token = Sign(claims);
        using var before = await api.ReadAsync(token);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await api.Service<RevocationStore>().RevokeAsync("tenant", "hurstville", untilLifted: false, CancellationToken.None);
        await AssertRefusedAsync(token, HttpStatusCode.Unauthorized, "no-guest-token");
    }

    private static string Sign(JsonObject claims) => JsonWebSignature.Sign(claims, IssuerFixture.Secret);

    private async Task<HttpResponseMessage> AskAsync(string token, int dataset)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data");
        request.Headers.Add("Authorization", $"Bearer {token}");
        request.Content = new StringContent($$$"""{"datasource":{"id":{{{dataset}}},"type":"table"}}""", System.Text.Encoding.UTF8, "application/json");
        return await browser.SendAsync(request);
    }

    private async Task AssertRefusedAsync(string token, HttpStatusCode status, string slug)
    {
        var before = api.Superset.LastSeen;
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(status, slug);
        Assert.Same(before, api.Superset.LastSeen);
    }
}
