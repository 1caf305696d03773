using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Authors;

/// <summary>What authors reach of Superset, and from which pages.</summary>
[Collection<AtTheAuthorsOrigin>]
public sealed class AuthorsRouteTests(ApiFixture api)
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/login/?next=%2Fdashboard%2Flist%2F")]
    [InlineData("GET", "/oauth-authorized/keycloak?code=a.b&state=c&iss=http%3A%2F%2Flocalhost")]
    [InlineData("GET", "/explore/?slice_id=3")]
    [InlineData("GET", "/static/assets/main.0123456789abcdef.entry.js")]
    [InlineData("POST", "/api/v1/chart/data?form_data=%7B%22slice_id%22%3A3%7D")]
    [InlineData("PUT", "/api/v1/dashboard/3")]
    [InlineData("DELETE", "/api/v1/chart/3")]
    public async Task SupersetIsBehindIt(string method, string target)
    {
        using var browser = api.NewAuthorsBrowser();
        using var answer = await browser.SendAsync(browser.Own(method, target));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((method, WebUtility.UrlDecode(target)), (api.Superset.LastSeen!.Method, WebUtility.UrlDecode(api.Superset.LastSeen.Target)));
    }

    [Theory]
    [InlineData("GET", $"/embedded/{TestCatalogue.ClinicEmbedded}")]
    [InlineData("GET", "/Embedded/x")]
    [InlineData("GET", "/dashboard/1/embedded")]
    [InlineData("GET", "/dashboard/1/embedded/")]
    [InlineData("GET", "/superset/dashboard/1/embedded")]
    [InlineData("POST", "/api/v1/dashboard/1/embedded")]
    [InlineData("GET", "/api/v1/embedded_dashboard/x")]
    [InlineData("POST", "/api/v1/security/login")]
    [InlineData("POST", "/api/v1/security/refresh")]
    [InlineData("POST", "/api/v1/security/guest_token/")]
    [InlineData("GET", "/api/v1/security/users/")]
    [InlineData("GET", "/api/v1/security/csrf_token/../login")]
    [InlineData("POST", "/api/v1/Security/login")]
    [InlineData("POST", "//api/v1/security/login")]
    [InlineData("POST", "/api/v1//security/login")]
    [InlineData("POST", "/api%2Fv1%2Fsecurity%2Flogin")]
    [InlineData("POST", "/api/v1/security%2flogin")]
    [InlineData("POST", "/api/v1/securit%79/login")]
    [InlineData("POST", "/api/v1/x/..%2fsecurity/login")]
    [InlineData("POST", "/api/v1/security\\login")]
    [InlineData("POST", "/login/")]
    [InlineData("POST", "/logout/")]
    [InlineData("GET", "/sqllab/")]
    [InlineData("GET", "/superset/sqllab/")]
    [InlineData("POST", "/api/v1/sqllab/execute/")]
    [InlineData("GET", "/api/v1/saved_query/")]
    [InlineData("GET", "/users/list/")]
    [InlineData("GET", "/roles/")]
    [InlineData("TRACE", "/dashboard/list/")]
    [InlineData("OPTIONS", "/api/v1/chart/data")]
    [InlineData("PATCH", "/api/v1/chart/1")]
    public async Task WhatIsNotForAuthorsIsNotThere(string method, string target)
    {
        using var browser = api.NewAuthorsBrowser();
        var before = api.Superset.LastSeen;
        using var answer = await browser.SendAsync(browser.Own(method, target));

        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task WhatChangesSomethingComesFromItsOwnPages(string site)
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/");
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://elsewhere.example")]
    [InlineData(ApiFixture.AuthorsOrigin + "0")]
    [InlineData(ApiFixture.AuthorsOrigin + ".elsewhere.example")]
    public async Task WithoutFetchMetadataTheOriginSaysWhereItComesFrom(string? origin)
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OtherHostsAndTheApisOwnRoutesAreNotServed()
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = browser.Request("GET", "/dashboard/list/");
        request.Headers.Host = "localhost:5182";
        using var other = await browser.SendAsync(request);
        await other.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-host");

        using var bff = await browser.GetAsync("/bff/user");
        Assert.Equal("/bff/user", api.Superset.LastSeen!.Target);
        using var health = await browser.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }
}
