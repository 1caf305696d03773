using System.Net;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Routing;

namespace EmbedStack.Api.Tests.Http;

/// <summary>Every way to change something by a cookie, those of tomorrow included.</summary>
public sealed class CsrfTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS", "TRACE"];

    [Fact]
    public async Task EveryUnsafeRouteNeedsTheHeaderOfOurOwnPages()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var routes = Unsafe().ToList();
        Assert.Contains(("POST", "/bff/logout"), routes);
        Assert.Contains(("POST", "/api/superset/guest-token"), routes);
        foreach (var (method, path) in routes)
        {
            using var without = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            await without.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-CSRF", "1");
            request.Headers.Add("Sec-Fetch-Site", "same-site");
            using var sibling = await browser.SendAsync(request);
            await sibling.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
        }

        using var user = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, user.StatusCode);
    }

    [Fact]
    public void OnlyTheBackChannelAndTheStacksCommandsAreNoPages() => Assert.Equal(
        ["/api/operator/warm-up/", "/bff/backchannel-logout"],
        Routes().Where(route => route.Metadata.GetMetadata<CalledByServers>() is not null).Select(route => route.RoutePattern.RawText).Distinct().Order(StringComparer.Ordinal));

    private IEnumerable<(string Method, string Path)> Unsafe() =>
        from route in Routes()
        where route.Metadata.GetMetadata<CalledByServers>() is null
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where !Safe.Contains(method)
        select (method, string.Join('/', route.RoutePattern.PathSegments.Select(segment => segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "x").Prepend("")));

    private IEnumerable<RouteEndpoint> Routes() => api.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}
