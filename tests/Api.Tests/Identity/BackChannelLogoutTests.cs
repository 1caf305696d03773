using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>Keycloak's word that a session has ended there, and what only looks like it.</summary>
public sealed class BackChannelLogoutTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly Dictionary<string, Action<JsonObject>> BrokenClaims = new()
    {
        ["issuer"] = claims => claims["iss"] = "http://elsewhere.example/realms/embedstack",
        ["no issuer"] = claims => claims.Remove("iss"),
        ["audience"] = claims => claims["aud"] = "superset",
        ["no audience"] = claims => claims.Remove("aud"),
        ["expired"] = claims => (claims["iat"], claims["exp"]) = ((long)claims["iat"]! - 300, (long)claims["exp"]! - 300),
        ["not yet issued"] = claims => (claims["iat"], claims["exp"]) = ((long)claims["iat"]! + 300, (long)claims["exp"]! + 300),
        ["good for a year"] = claims => claims["exp"] = (long)claims["exp"]! + 31_536_000,
        ["no end"] = claims => claims.Remove("exp"),
        ["a nonce"] = claims => claims["nonce"] = "n",
        ["no events"] = claims => claims.Remove("events"),
        ["another event"] = claims => claims["events"] = new JsonObject { ["http://schemas.openid.net/event/other"] = new JsonObject() },
        ["no id"] = claims => claims.Remove("jti"),
        ["nobody"] = claims => { claims.Remove("sid"); claims.Remove("sub"); },
    };

    private static readonly Dictionary<string, Action<JsonObject>> BrokenHeaders = new()
    {
        ["an identity token's type"] = header => header["typ"] = "JWT",
        ["no type"] = header => header.Remove("typ"),
        ["an unknown key"] = header => header["kid"] = "another",
        ["no key"] = header => header.Remove("kid"),
        ["a key of its own"] = header => header["jwk"] = new JsonObject { ["kty"] = "RSA" },
        ["a critical extension"] = header => header["crit"] = new JsonArray("exp"),
        ["another algorithm"] = header => header["alg"] = "RS384",
    };

    public static TheoryData<string> Claims => [.. BrokenClaims.Keys];

    public static TheoryData<string> Headers => [.. BrokenHeaders.Keys];

    [Fact]
    public async Task SessionThatEndedAtKeycloakEndsHereWithItsTokens()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var bystander = await api.SignInAsync(new TestPerson());
        using var mint = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
        var session = Assert.Single(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject))["id"]!.ToString()!;

        using var answer = await SendAsync(api.Keycloak.Logout.Sign(api.Keycloak.Logout.Claims(person)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var after = await browser.GetAsync("/bff/user");
        await after.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Single(await api.Database.QueryAsync(
            "select 1 from audit.events where kind = 'session_ended' and reason = 'ended-at-keycloak' and person = audit.person($1)", person.Subject));
        Assert.Single(await api.Database.QueryAsync("select 1 from shared.revocations where kind = 'session' and value = $1", session));
        using var other = await bystander.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task LogoutOfAPersonEndsAllTheirSessions()
    {
        var person = new TestPerson();
        using var one = await api.SignInAsync(person);
        using var another = await api.SignInAsync(person);
        var claims = api.Keycloak.Logout.Claims(person);
        claims.Remove("sid");
        using var answer = await SendAsync(api.Keycloak.Logout.Sign(claims));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await api.Database.QueryAsync("select 1 from api.sessions where subject = $1", person.Subject));
    }

    [Fact]
    public async Task TokenCountsOnce()
    {
        var person = new TestPerson();
        var token = api.Keycloak.Logout.Sign(api.Keycloak.Logout.Claims(person));
        using var first = await SendAsync(token);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var browser = await api.SignInAsync(person);
        await AssertRefusedAsync(token, browser);
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task TokenWithOtherClaimsIsRefused(string what)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var claims = api.Keycloak.Logout.Claims(person);
        BrokenClaims[what](claims);
        await AssertRefusedAsync(api.Keycloak.Logout.Sign(claims), browser);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task TokenWithAnotherHeaderIsRefused(string what)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var header = api.Keycloak.Logout.Header;
        BrokenHeaders[what](header);
        await AssertRefusedAsync(api.Keycloak.Logout.Sign(header, api.Keycloak.Logout.Claims(person)), browser);
    }

    [Fact]
    public async Task ForgedSignaturesAreRefused()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        var claims = api.Keycloak.Logout.Claims(person);
        var none = api.Keycloak.Logout.Header;
        none["alg"] = "none";
        using var stranger = new LogoutTokens(api.Keycloak.Issuer, api.Clock);
        var valid = api.Keycloak.Logout.Sign(claims);

        foreach (var token in (string[])
        [
            LogoutTokens.WithoutSignature(none, claims), LogoutTokens.WithoutSignature(api.Keycloak.Logout.Header, claims), api.Keycloak.Logout.SignWithPublicKey(claims),
            stranger.Sign(claims), $"{valid}AAAA", valid[..^8], "", "a.b.c", "....", valid.Replace('.', ' '),
        ])
        {
            await AssertRefusedAsync(token, browser);
        }
    }

    [Fact]
    public async Task CookiesAndHostsCountForNothing()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var request = Request(api.Keycloak.Logout.Sign(api.Keycloak.Logout.Claims(person)));
        request.Headers.Host = "api.internal:8080";
        using var caller = api.NewBrowser();
        using var answer = await caller.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using var elsewhere = api.NewEmbedBrowser();
        using var embed = await elsewhere.SendAsync(Request("a.b.c"));
        Assert.Equal(HttpStatusCode.NotFound, embed.StatusCode);
    }

    private async Task AssertRefusedAsync(string token, Browser browser)
    {
        using var answer = await SendAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-logout-token");
        using var user = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var caller = api.NewBrowser();
        return await caller.SendAsync(Request(token));
    }

    private static HttpRequestMessage Request(string token) => new(HttpMethod.Post, "/bff/backchannel-logout")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = token }),
    };
}
