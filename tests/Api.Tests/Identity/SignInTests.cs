using System.Net;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.WebUtilities;

namespace EmbedStack.Api.Tests.Identity;

public sealed class SignInTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task LoginGoesToKeycloakWithPkceStateAndAllMemberships()
    {
        using var browser = api.NewBrowser();
        using var challenge = await browser.GetAsync("/bff/login?returnUrl=/dashboards/clinic");

        Assert.Equal(HttpStatusCode.Redirect, challenge.StatusCode);
        Assert.StartsWith($"{api.Keycloak.Issuer}/protocol/openid-connect/auth?", challenge.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(challenge.Headers.Location.Query);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal(43, query["code_challenge"].ToString().Length);
        Assert.NotEmpty(query["state"].ToString());
        Assert.Equal("openid profile email organization:*", query["scope"]);
        Assert.Equal($"{ApiFixture.AppOrigin}/bff/signin", query["redirect_uri"]);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/.//evil.example")]
    [InlineData("/a/..//evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/%09/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("dashboards")]
    [InlineData("/bff/logout")]
    [InlineData("/x/../bff/login")]
    [InlineData("/api/superset/guest-token")]
    [InlineData("/line\r\nSet-Cookie: a=b")]
    [InlineData("/dashboards/café")]
    public async Task LoginRejectsExternalReturnUrl(string returnUrl)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.GetAsync($"/bff/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-return-url");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dashboards/clinic?tab=2#chart")]
    [InlineData("/dashboards/caf%C3%A9")]
    public async Task SignInComesBackToTheReturnUrl(string returnUrl)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.SignInAsync(api.Keycloak, new TestPerson(), returnUrl);
        Assert.Equal(returnUrl, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task CookiesAreHostPrefixedHttpOnlySecureAndLax()
    {
        using var browser = api.NewBrowser();
        using var challenge = await browser.GetAsync("/bff/login");
        using var answer = await browser.SignInAsync(api.Keycloak, new TestPerson());

        var correlation = Assert.Single(Browser.SetCookies(challenge));
        var session = Assert.Single(Browser.SetCookies(answer), cookie => cookie.Name == "__Host-embedstack");
        Assert.StartsWith("__Host-embedstack-signin.", correlation.Name.Value, StringComparison.Ordinal);
        Assert.All([correlation, session], cookie =>
        {
            Assert.True(cookie.HttpOnly);
            Assert.True(cookie.Secure);
            Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
            Assert.Equal("/", cookie.Path.Value);
            Assert.False(cookie.Domain.HasValue);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://localhost:1/realms/embedstack")]
    public async Task CallbackRejectsAnswersOfAnotherIssuer(string? issuer)
    {
        using var browser = api.NewBrowser();
        var query = await browser.StartSignInAsync();
        var code = api.Keycloak.IssueCode(new TestPerson(), query["code_challenge"]!, query["redirect_uri"]!);
        using var answer = await browser.GetAsync($"/bff/signin?code={code}&state={query["state"]}" + (issuer is null ? "" : $"&iss={issuer}"));
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-issuer");
    }

    [Fact]
    public async Task CallbackOfAnotherBrowserMakesNoSession()
    {
        using var attacker = api.NewBrowser();
        using var victim = api.NewBrowser();
        var query = await attacker.StartSignInAsync();
        var code = api.Keycloak.IssueCode(new TestPerson(), query["code_challenge"]!, query["redirect_uri"]!);
        using var answer = await victim.GetAsync($"/bff/signin?code={code}&state={query["state"]}&iss={api.Keycloak.Issuer}");

        Assert.Equal("/?signin=failed", answer.Headers.Location?.OriginalString);
        Assert.DoesNotContain("__Host-embedstack", victim.Cookies.Keys);
    }

    [Fact]
    public async Task RefusalAtKeycloakLeadsBackToTheApplicationAndIsAudited()
    {
        using var browser = api.NewBrowser();
        var query = await browser.StartSignInAsync();
        var before = await RefusalsAsync();
        using var answer = await browser.GetAsync($"/bff/signin?error=access_denied&state={query["state"]}&iss={api.Keycloak.Issuer}");

        Assert.Equal("/?signin=failed", answer.Headers.Location?.OriginalString);
        Assert.Equal(before + 1, await RefusalsAsync());

        async Task<long> RefusalsAsync() => (long)(await api.Database.QueryAsync(
            "select count(*) as n from audit.events where kind = 'sign_in' and reason = 'remote-failure'"))[0]["n"]!;
    }

    [Fact]
    public async Task SignInMakesANewSessionWhereOneWasPlanted()
    {
        using var browser = await api.SignInAsync(new TestPerson { Name = "Mallory" });
        var planted = browser.Cookies["__Host-embedstack"];
        using var answer = await browser.SignInAsync(api.Keycloak, new TestPerson { Name = "Victim" });
        Assert.Equal("Victim", await NameAsync());

        browser.Cookies["__Host-embedstack"] = planted;
        Assert.Equal("Mallory", await NameAsync());

        async Task<string?> NameAsync()
        {
            using var user = await browser.GetAsync("/bff/user");
            return (await user.JsonAsync()).GetProperty("name").GetString();
        }
    }

    [Fact]
    public async Task PlantedSessionUnderANameOfAnotherCaseIsNotTakenOver()
    {
        using var attacker = await api.SignInAsync(new TestPerson { Name = "Mallory" });
        using var victim = api.NewBrowser();
        victim.Cookies["__host-embedstack"] = attacker.Cookies["__Host-embedstack"];
        using var answer = await victim.SignInAsync(api.Keycloak, new TestPerson { Name = "Victim" });
        victim.Cookies.Remove("__host-embedstack");
        using var user = await victim.GetAsync("/bff/user");
        Assert.Equal("Victim", (await user.JsonAsync()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task RotatedClientSecretNeedsNoRestart()
    {
        var earlier = api.Keycloak.Secret;
        try
        {
            api.Keycloak.Secret = "rotated-client-secret";
            await File.WriteAllTextAsync(api.ClientSecretFile, $"rotated-client-secret\n{earlier}\n", TestContext.Current.CancellationToken);
            using var browser = await api.SignInAsync(new TestPerson());

            // Keycloak may lag behind the file: then the previous one still counts.
            api.Keycloak.Secret = earlier;
            using var another = await api.SignInAsync(new TestPerson());
        }
        finally
        {
            api.Keycloak.Secret = earlier;
            await File.WriteAllTextAsync(api.ClientSecretFile, earlier, TestContext.Current.CancellationToken);
        }
    }
}
