using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>Whose request it is, on every route that reads for a guest.</summary>
public sealed class GuestTokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task ReadsWithoutAGuestTokenStopHere()
    {
        using var browser = api.NewEmbedBrowser();
        using var answer = await browser.PostAsync("/api/v1/chart/data", new { });
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Theory]
    [InlineData("GET", "/api/v1/me/roles/")]
    [InlineData("GET", "/api/v1/dashboard/3/datasets")]
    [InlineData("POST", "/api/v1/chart/data")]
    [InlineData("POST", "/datasource/samples?datasource_id=7")]
    public async Task IssuersTokenMovesToTheHeader(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request(method, target);
        request.Headers.Add("Authorization", "Bearer issuers.own.token");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("issuers.own.token", api.Superset.LastSeen!.Headers["X-GuestToken"]);
        Assert.DoesNotContain("Authorization", api.Superset.LastSeen.Headers.Keys);
    }

    [Theory]
    [InlineData("Bearer a.b.c")]
    [InlineData("bearer guest.token.x")]
    public async Task TokenInBothPlacesIsNone(string authorization)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Guest("GET", "/api/v1/me/roles/");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Fact]
    public async Task CookiesAndCredentialsCrossNeitherWay()
    {
        using var browser = api.NewEmbedBrowser();
        browser.Cookies["session"] = "author";
        browser.Cookies["__Host-embedstack"] = "person";
        using var request = browser.Guest("GET", "/api/v1/me/roles/");
        request.Headers.Add("Authorization", "Basic x");
        request.Headers.Add("X-CSRFToken", "x");
        request.Headers.Add("X-Superset-Ingress", "guessed");
        request.Headers.Add("X-Forwarded-For", "10.0.0.1");
        request.Headers.Add("Referer", ApiFixture.EmbedOrigin);
        using var answer = await browser.SendAsync(request);

        var seen = api.Superset.LastSeen!.Headers;
        Assert.Empty(seen.Keys.Intersect(["Cookie", "Authorization", "X-CSRFToken", "X-Forwarded-For", "Referer", "Origin"], StringComparer.OrdinalIgnoreCase));
        Assert.Equal(api.Superset.IngressSecret, seen["X-Superset-Ingress"]);
        Assert.Equal("guest.token.x", seen["X-GuestToken"]);
        Assert.Empty(Browser.SetCookies(answer));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
