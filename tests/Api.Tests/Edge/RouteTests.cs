using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>What an embedded page asks for passes, and nothing else.</summary>
public sealed class RouteTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("GET", $"/embedded/{TestCatalogue.ClinicEmbedded}?uiConfig=1")]
    [InlineData("GET", "/static/assets/embedded.0123456789abcdef.entry.js")]
    [InlineData("GET", "/static/assets/images/loading.gif")]
    [InlineData("GET", "/static/appbuilder/css/flags/flags16.css")]
    [InlineData("GET", "/static/service-worker.js")]
    [InlineData("GET", "/superset/language_pack/de/")]
    [InlineData("GET", "/api/v1/me/roles/")]
    [InlineData("GET", "/api/v1/dashboard/3?q=(columns:!(id))")]
    [InlineData("GET", "/api/v1/dashboard/aaaaaaaa-0000-4000-8000-000000000001/charts")]
    [InlineData("GET", "/api/v1/dashboard/3/datasets")]
    [InlineData("POST", "/api/v1/chart/data?form_data=%7B%22slice_id%22%3A5%7D&dashboard_id=3&force=")]
    [InlineData("GET", "/api/v1/time_range/?q=%27Last+week%27")]
    [InlineData("GET", "/api/v1/dataset/7/drill_info/?q=(dashboard_id:3)")]
    [InlineData("POST", "/datasource/samples?datasource_type=table&datasource_id=7")]
    public async Task RoutesOfAnEmbeddedPagePass(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        using var answer = await browser.SendAsync(browser.Guest(method, target));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith(Uri.UnescapeDataString(target), Uri.UnescapeDataString(api.Superset.LastSeen!.Target), StringComparison.Ordinal);
        Assert.Equal(method, api.Superset.LastSeen.Method);
    }

    public static TheoryData<string, string> NotThere => new()
    {
        { "GET", "/" },
        { "GET", "/login/" },
        { "GET", "/swagger/v1" },
        { "GET", "/health" },
        { "GET", "/bff/user" },
        { "GET", "/embedded/99999999-9999-4999-8999-999999999999" },
        { "GET", "/embedded/1" },
        { "GET", "/dashboard/1/embedded" },
        { "GET", "/superset/dashboard/1/" },
        { "GET", "/superset/explore_json/" },
        { "GET", "/api/v1/dashboard/" },
        { "GET", "/api/v1/dashboard/related/owners" },
        { "GET", "/api/v1/dashboard/export/?q=!(1)" },
        { "GET", "/api/v1/dashboard/1/filter_state/x" },
        { "GET", "/api/v1/dashboard/permalink/x" },
        { "PUT", "/api/v1/dashboard/1" },
        { "DELETE", "/api/v1/dashboard/1" },
        { "GET", "/api/v1/chart/1" },
        { "GET", "/api/v1/chart/data" },
        { "GET", "/api/v1/chart/1/data/" },
        { "GET", "/api/v1/dataset/7" },
        { "GET", "/api/v1/database/" },
        { "POST", "/api/v1/security/login" },
        { "POST", "/api/v1/security/guest_token/" },
        { "GET", "/api/v1/theme/?q=1" },
        { "POST", "/api/v1/sqllab/execute/" },
        { "GET", "/static/assets/../../api/v1/database/" },
        { "GET", "/static/assets/%2e%2e/%2e%2e/login/" },
        { "GET", "/static/assets/..%2f..%2flogin/" },
        { "GET", "/static/assets/.htaccess" },
        { "GET", "//login/" },
        { "GET", "/api/v1/me/roles/%0d%0aX:y" },
    };

    [Theory]
    [MemberData(nameof(NotThere))]
    [InlineData("POST", "/api/v1/dashboard/1/permalink")] // whose it would be, nobody knows in the direct way
    public async Task EverythingElseIsNotThere(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        var before = api.Superset.LastSeen;
        using var answer = await browser.SendAsync(browser.Guest(method, target));
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Theory]
    [InlineData("POST", "/superset/log/?explode=events")]
    [InlineData("PUT", "/api/v1/dashboard/3/colors?mark_updated=false")]
    public async Task WhatNeedsNoAnswerStaysHere(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        var before = api.Superset.LastSeen;
        using var answer = await browser.SendAsync(browser.Guest(method, target));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Theory]
    [InlineData($"/embedded/{TestCatalogue.ClinicEmbedded}")]
    [InlineData("/api/v1/me/roles/")]
    [InlineData("/static/service-worker.js")]
    public async Task ApplicationsEndpointServesNothingOfSuperset(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.SendAsync(browser.Guest("GET", path));
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
