using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>What the edge has not signed for this origin opens nothing, and Superset never sees it.</summary>
public sealed class ForgedTokenTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private static readonly Dictionary<string, Action<JsonObject>> Alterations = new()
    {
        ["for another origin"] = claims => claims["aud"] = "http://elsewhere.example",
        ["without an audience"] = claims => claims.Remove("aud"),
        ["for a list of audiences"] = claims => claims["aud"] = new JsonArray(ApiFixture.EmbedOrigin),
        ["of an id that nobody issued"] = claims => claims["jti"] = Guid.NewGuid().ToString(),
        ["of an id that is none"] = claims => claims["jti"] = "1 or 1=1",
        ["without an id"] = claims => claims.Remove("jti"),
    };

    public static TheoryData<string> Altered => [.. Alterations.Keys];

    [Theory]
    [MemberData(nameof(Altered))]
    public async Task AlteredTokenIsRefusedEvenUnderTheRealKey(string what)
    {
        var claims = JsonNode.Parse(ExchangeFixture.Claims(await api.TokenAsync(new TestPerson())).GetRawText())!.AsObject();
        using var honest = await api.ReadAsync(JsonWebSignature.Sign(claims, ApiFixture.EdgeTokenKey));
        Assert.Equal(HttpStatusCode.OK, honest.StatusCode);

        Alterations[what](claims);
        await AssertRefusedAsync(JsonWebSignature.Sign(claims, ApiFixture.EdgeTokenKey));
    }

    [Fact]
    public async Task TokenUnderAnotherKeyIsRefused()
    {
        var token = await api.TokenAsync(new TestPerson());
        var claims = ExchangeFixture.Claims(token);
        foreach (var key in new[] { ApiFixture.GuestTokenSecret, ApiFixture.AssertionKey, "", "guess" })
        {
            await AssertRefusedAsync(JsonWebSignature.Sign(claims, key));
        }

        var parts = token.Split('.');
        await AssertRefusedAsync($"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}");
        await AssertRefusedAsync($"{parts[0]}.{parts[1]}A.{parts[2]}");
        await AssertRefusedAsync($"{parts[0]}.{parts[1]}.A");
    }

    [Theory]
    [InlineData(ApiFixture.EmbedOrigin, HttpStatusCode.OK)]
    [InlineData(ApiFixture.AppOrigin, HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    public async Task OnlyTheEmbedOriginsOwnPagesAsk(string origin, HttpStatusCode expected)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", "/api/v1/me/roles/");
        request.Headers.Add("X-GuestToken", await api.TokenAsync(new TestPerson()));
        request.Headers.Add("Origin", origin);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task SupersetsOwnTokenIsNoneForABrowser()
    {
        using var answer = await api.ReadAsync(await api.TokenAsync(new TestPerson()));
        var real = api.Superset.LastSeen!.Headers["X-GuestToken"];

        await AssertRefusedAsync(real);
    }

    private async Task AssertRefusedAsync(string token)
    {
        var before = api.Superset.LastSeen;
        using var answer = await api.ReadAsync(token);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.Same(before, api.Superset.LastSeen);
    }
}
