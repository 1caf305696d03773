using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>Callers who show an access token instead of a session's cookie.</summary>
public sealed class BearerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task MachineMintsForItsTenantWithoutACsrfHeader()
    {
        var machine = Machine();
        using var answer = await MintAsync(api.Keycloak.IssueBearer(machine));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var row = Assert.Single(await api.Database.QueryAsync("select tenant, role from audit.events where kind = 'mint' and person = audit.person($1)", machine.Subject));
        Assert.Equal(("northside", "staff"), (row["tenant"], row["role"]));
        var claims = api.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!.Split('.')[1];
        Assert.Equal(
            BearerSession.IdOf(machine.Subject).ToString(),
            JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(claims)).GetProperty("sid").GetString());
    }

    [Fact]
    public async Task TokensOfAnotherAudienceOrTheApisOwnAreRefused()
    {
        var elsewhere = Machine();
        elsewhere.Audience = "account";
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);

        foreach (var token in (string[])[api.Keycloak.IssueBearer(elsewhere), api.Keycloak.SessionTokenOf(person), "unknown"])
        {
            using var answer = await MintAsync(token);
            await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
            Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task TokenOfAnotherClientMakesNoSession()
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.SignInAsync(api.Keycloak, Machine());
        Assert.Equal("/?signin=failed", answer.Headers.Location?.OriginalString);
        Assert.DoesNotContain("__Host-embedstack", browser.Cookies.Keys);
    }

    [Theory]
    [InlineData(new string[0], new[] { "staff" }, "no-tenant")]
    [InlineData(new[] { "northside", "harbour" }, new[] { "staff" }, "no-tenant")]
    [InlineData(new[] { "northside" }, new string[0], "no-role")]
    [InlineData(new[] { "northside" }, new[] { "staff", "admin" }, "no-role")]
    public async Task MachineNeedsExactlyOneTenantAndRole(string[] organizations, string[] roles, string slug)
    {
        var machine = Machine();
        (machine.Organizations, machine.Roles) = (organizations, roles);
        using var answer = await MintAsync(api.Keycloak.IssueBearer(machine));
        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, slug);
    }

    [Fact]
    public async Task CookieBesideATokenIsRefusedWhicheverWouldCount()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        foreach (var (path, header) in new[] { ("/api/dashboards", $"Bearer {api.Keycloak.IssueBearer(Machine())}"), ("/api/dashboards", "Bearer no"), ("/bff/user", "Basic eDp5") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", header);
            using var answer = await browser.SendAsync(request);
            await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "two-credentials");
        }
    }

    [Fact]
    public async Task TokenCountsOnTheApiOnly()
    {
        using var user = await SendAsync(HttpMethod.Get, "/bff/user", $"Bearer {api.Keycloak.IssueBearer(Machine())}");
        await user.AssertProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        using var logout = await SendAsync(HttpMethod.Post, "/bff/logout", $"Bearer {api.Keycloak.IssueBearer(Machine())}");
        await logout.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
    }

    [Theory]
    [InlineData("Basic bm9ydGhzaWRlOnNlY3JldA==")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer a,b")]
    [InlineData("Bearer \"a\"")]
    [InlineData("Token abc")]
    public async Task OtherCredentialsAreRefused(string header)
    {
        var before = api.Keycloak.Introspections;
        using var answer = await SendAsync(HttpMethod.Get, "/api/dashboards", header);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
        Assert.Equal(before, api.Keycloak.Introspections);
    }

    [Fact]
    public async Task VerdictIsKeptForTenSecondsAndNoLonger()
    {
        var machine = Machine();
        var token = api.Keycloak.IssueBearer(machine);
        var before = api.Keycloak.Introspections;
        for (var request = 0; request < 3; request++)
        {
            using var answer = await MintAsync(token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(before + 1, api.Keycloak.Introspections);
        machine.Active = false;
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        using var refused = await MintAsync(token);
        await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
    }

    [Fact]
    public async Task VerdictNeverOutlivesItsToken()
    {
        var machine = Machine();
        machine.TokenLifetime = api.Clock.GetUtcNow() - DateTimeOffset.UtcNow + TimeSpan.FromSeconds(5);
        var token = api.Keycloak.IssueBearer(machine);
        using var answer = await MintAsync(token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        api.Clock.Advance(TimeSpan.FromSeconds(6));
        using var refused = await MintAsync(token);
        await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
    }

    [Fact]
    public async Task NobodyIsAskedAboutATokenWhoseTimeIsOver()
    {
        var machine = Machine();
        machine.TokenLifetime = api.Clock.GetUtcNow() - DateTimeOffset.UtcNow + TimeSpan.FromSeconds(15);
        var token = api.Keycloak.IssueBearer(machine);
        using var known = await MintAsync(token);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        var before = api.Keycloak.Introspections;
        api.Clock.Advance(TimeSpan.FromSeconds(20));
        using var over = await MintAsync(token);
        await over.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
        Assert.Equal(before, api.Keycloak.Introspections);
    }

    [Fact]
    public async Task LastVerdictHoldsForAMinuteWhileKeycloakIsAway()
    {
        var token = api.Keycloak.IssueBearer(Machine());
        using var known = await MintAsync(token);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        api.Keycloak.Away = true;
        try
        {
            using var unknown = await MintAsync(api.Keycloak.IssueBearer(Machine()));
            await unknown.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
            api.Clock.Advance(TimeSpan.FromSeconds(50));
            using var held = await MintAsync(token);
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            using var answer = await MintAsync(token);
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        }
        finally
        {
            api.Keycloak.Away = false;
        }
    }

    private static TestPerson Machine() => new() { Client = "northside-integration", Roles = ["staff"] };

    private Task<HttpResponseMessage> MintAsync(string token) =>
        SendAsync(HttpMethod.Post, "/api/superset/guest-token", $"Bearer {token}", new { dashboard_key = "appointments" });

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string authorization, object? body = null)
    {
        using var caller = api.NewBrowser();
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await caller.SendAsync(request);
    }
}
