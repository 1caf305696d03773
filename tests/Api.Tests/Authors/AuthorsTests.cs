using System.Net;
using System.Text;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Authors;

public sealed class AuthorsTests(ApiFixture api) : IClassFixture<ApiFixture>
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
        using var answer = await browser.SendAsync(Own(browser, method, target));

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
        using var answer = await browser.SendAsync(Own(browser, method, target));

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
    public async Task OfCookiesSupersetsSessionAlonePassesAndOfCredentialsNone()
    {
        api.Superset.Answer = context =>
        {
            context.Response.Headers.Append("Set-Cookie", "embedstack_superset=new; HttpOnly; Path=/; SameSite=Lax");
            context.Response.Headers.Append("Set-Cookie", "other=x; Path=/");
            context.Response.Headers.Server = "gunicorn";
            return context.Response.WriteAsync("{}");
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            browser.Cookies["embedstack_superset"] = "author";
            browser.Cookies["__Host-embedstack"] = "person";
            using var request = browser.Request("GET", "/api/v1/chart/");
            request.Headers.Add("Authorization", "Bearer a.b.c");
            request.Headers.Add("X-GuestToken", "a.b.c");
            request.Headers.Add("X-Superset-Ingress", "guessed");
            request.Headers.Add("X-EmbedStack-Author", "{}");
            using var answer = await browser.SendAsync(request);

            var seen = api.Superset.LastSeen!.Headers;
            Assert.Equal("embedstack_superset=author", seen["Cookie"]);
            Assert.Equal(api.Superset.IngressSecret, seen["X-Superset-Ingress"]);
            Assert.Empty(seen.Keys.Intersect(["Authorization", "X-GuestToken", "X-EmbedStack-Author"], StringComparer.OrdinalIgnoreCase));
            Assert.Equal("embedstack_superset", Assert.Single(Browser.SetCookies(answer)).Name.Value);
            Assert.False(answer.Headers.Contains("Server"));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task SupersetLearnsItsAddressFromTheConfigurationAlone()
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = browser.Request("GET", "/dashboard/list/");
        request.Headers.Add("X-Forwarded-For", "10.0.0.1");
        request.Headers.Add("X-Forwarded-Host", "elsewhere.example");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Prefix", "/elsewhere");
        request.Headers.Add("Forwarded", "host=elsewhere.example");
        using var answer = await browser.SendAsync(request);

        var seen = api.Superset.LastSeen!.Headers;
        var origin = new Uri(ApiFixture.AuthorsOrigin);
        Assert.Equal((origin.Authority, "http", $"{origin.Port}"), (seen["X-Forwarded-Host"], seen["X-Forwarded-Proto"], seen["X-Forwarded-Port"]));
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(seen["X-Forwarded-For"])));
        Assert.Empty(seen.Keys.Intersect(["X-Forwarded-Prefix", "Forwarded"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("default-src 'self'; frame-ancestors http://localhost:5173; base-uri 'self'", "default-src 'self'; frame-ancestors 'none'; base-uri 'self'")]
    [InlineData("default-src 'self'", "default-src 'self'; frame-ancestors 'none'")]
    [InlineData("", "frame-ancestors 'none'")]
    public async Task NobodyFramesIt(string policy, string expected)
    {
        api.Superset.Answer = context =>
        {
            if (policy.Length > 0)
            {
                context.Response.Headers.ContentSecurityPolicy = policy;
            }

            return context.Response.WriteAsync("<html>");
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.GetAsync("/explore/");
            Assert.Equal(expected, answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task RedirectsAndWhatSupersetSaysOfErrorsReachTheAuthor()
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "http://localhost:5183/realms/embedstack/protocol/openid-connect/auth?client_id=superset";
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var redirect = await browser.GetAsync("/login/");
            Assert.Equal((HttpStatusCode.Redirect, "localhost:5183"), (redirect.StatusCode, redirect.Headers.Location!.Authority));

            api.Superset.Answer = context =>
            {
                context.Response.StatusCode = 422;
                return context.Response.WriteAsync("Columns missing in dataset");
            };
            using var error = await browser.GetAsync("/api/v1/chart/1");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "Columns missing in dataset"), (error.StatusCode, await error.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task SignInsAreAuditedAndWhatSupersetTellsOfThemGoesNoFurther()
    {
        var subject = Guid.NewGuid().ToString();
        api.Superset.Answer = context =>
        {
            context.Response.Headers["X-EmbedStack-Author"] = $$"""{"kind": "sign_in", "subject": "{{subject}}", "tenant": "northside", "refusal": null}""";
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/dashboard/list/";
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.GetAsync("/oauth-authorized/keycloak?code=x");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Assert.False(answer.Headers.Contains("X-EmbedStack-Author"));
            var row = Assert.Single(await api.Database.QueryAsync("select kind, outcome, tenant, role from audit.events where person = audit.person($1)", subject));
            Assert.Equal(("sign_in", "allowed", "northside", "author"), (row["kind"], row["outcome"], row["tenant"], row["role"]));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task RowsThatAnAuthorIsShownHaveTheirRowInTheAuditFirst()
    {
        var subject = Guid.NewGuid().ToString();
        api.Superset.Answer = context =>
        {
            context.Response.Headers["X-EmbedStack-Author"] =
                $$"""{"kind": "data_access", "subject": "{{subject}}", "tenant": "northside", "refusal": null, "datasets": [7, 4711]}""";
            return context.Response.WriteAsync("rows");
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.SendAsync(Own(browser, "POST", "/api/v1/chart/data"));
            Assert.Equal((HttpStatusCode.OK, "rows"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            Assert.False(answer.Headers.Contains("X-EmbedStack-Author"));
            var row = Assert.Single(await api.Database.QueryAsync(
                "select kind, outcome, tenant, role, rule_datasets from audit.events where person = audit.person($1)", subject));
            Assert.Equal(("data_access", "allowed", "northside", "author"), (row["kind"], row["outcome"], row["tenant"], row["role"]));
            Assert.Equal(["appointments", "4711"], (string[])row["rule_datasets"]!);

            await api.Database.ExecuteAsync("alter table audit.events rename to hidden_events");
            try
            {
                using var unaudited = await browser.SendAsync(Own(browser, "POST", "/api/v1/chart/data"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, unaudited.StatusCode);
                Assert.DoesNotContain("rows", await unaudited.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
            finally
            {
                await api.Database.ExecuteAsync("alter table audit.hidden_events rename to events");
            }
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task LargerBodiesThanADashboardAreRefused()
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = Own(browser, "PUT", "/api/v1/dashboard/1");
        request.Content = new StringContent(new string('x', 2 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var fits = await browser.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, 2 * 1024 * 1024), (fits.StatusCode, api.Superset.LastSeen!.Body.Length));

        using var larger = Own(browser, "PUT", "/api/v1/dashboard/1");
        // The refusal comes before the body is read: a client that went on sending could find the connection closed.
        larger.Headers.ExpectContinue = true;
        larger.Content = new StringContent(new string('x', 5 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var refused = await browser.SendAsync(larger);
        await refused.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task SupersetThatIsAwayIsSaidSo()
    {
        api.Superset.Away = true;
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.GetAsync("/dashboard/list/");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
        }
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

    // As Superset's own page sends it, in a browser without fetch metadata.
    private static HttpRequestMessage Own(Browser browser, string method, string target)
    {
        var request = browser.Request(method, target);
        request.Headers.Add("Origin", ApiFixture.AuthorsOrigin);
        return request;
    }
}
