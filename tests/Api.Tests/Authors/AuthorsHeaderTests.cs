using System.Net;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Authors;

/// <summary>What passes between an author's browser and Superset besides the bodies.</summary>
[Collection<AtTheAuthorsOrigin>]
public sealed class AuthorsHeaderTests(ApiFixture api)
{
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
}
