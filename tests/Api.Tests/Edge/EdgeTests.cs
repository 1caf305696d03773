using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge;

public sealed class EdgeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
        using var answer = await browser.SendAsync(Guest(browser, method, target));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith(Uri.UnescapeDataString(target), Uri.UnescapeDataString(api.Superset.LastSeen!.Target), StringComparison.Ordinal);
        Assert.Equal(method, api.Superset.LastSeen.Method);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/login/")]
    [InlineData("GET", "/swagger/v1")]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/bff/user")]
    [InlineData("GET", "/embedded/99999999-9999-4999-8999-999999999999")]
    [InlineData("GET", "/embedded/1")]
    [InlineData("GET", "/dashboard/1/embedded")]
    [InlineData("GET", "/superset/dashboard/1/")]
    [InlineData("GET", "/superset/explore_json/")]
    [InlineData("GET", "/api/v1/dashboard/")]
    [InlineData("GET", "/api/v1/dashboard/related/owners")]
    [InlineData("GET", "/api/v1/dashboard/export/?q=!(1)")]
    [InlineData("GET", "/api/v1/dashboard/1/filter_state/x")]
    [InlineData("GET", "/api/v1/dashboard/permalink/x")]
    [InlineData("POST", "/api/v1/dashboard/1/permalink")]
    [InlineData("PUT", "/api/v1/dashboard/1")]
    [InlineData("DELETE", "/api/v1/dashboard/1")]
    [InlineData("GET", "/api/v1/chart/1")]
    [InlineData("GET", "/api/v1/chart/data")]
    [InlineData("GET", "/api/v1/chart/1/data/")]
    [InlineData("GET", "/api/v1/dataset/7")]
    [InlineData("GET", "/api/v1/database/")]
    [InlineData("POST", "/api/v1/security/login")]
    [InlineData("POST", "/api/v1/security/guest_token/")]
    [InlineData("GET", "/api/v1/theme/?q=1")]
    [InlineData("POST", "/api/v1/sqllab/execute/")]
    [InlineData("GET", "/static/assets/../../api/v1/database/")]
    [InlineData("GET", "/static/assets/%2e%2e/%2e%2e/login/")]
    [InlineData("GET", "/static/assets/..%2f..%2flogin/")]
    [InlineData("GET", "/static/assets/.htaccess")]
    [InlineData("GET", "//login/")]
    [InlineData("GET", "/api/v1/me/roles/%0d%0aX:y")]
    public async Task EverythingElseIsNotThere(string method, string target)
    {
        using var browser = api.NewEmbedBrowser();
        var before = api.Superset.LastSeen;
        using var answer = await browser.SendAsync(Guest(browser, method, target));
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
        using var answer = await browser.SendAsync(Guest(browser, method, target));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Same(before, api.Superset.LastSeen);
    }

    [Fact]
    public async Task CookiesAndCredentialsCrossNeitherWay()
    {
        using var browser = api.NewEmbedBrowser();
        browser.Cookies["session"] = "author";
        browser.Cookies["__Host-embedstack"] = "person";
        using var request = Guest(browser, "GET", "/api/v1/me/roles/");
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

    [Fact]
    public async Task EmbeddedPageKeepsTheHostsRefererAndSupersetsPolicy()
    {
        api.Superset.Answer = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "frame-ancestors http://localhost:5173";
            context.Response.Headers.Vary = "Accept-Encoding, Cookie";
            return context.Response.WriteAsync("<html>");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/embedded/{TestCatalogue.ClinicEmbedded}");
            request.Headers.Add("Referer", $"{ApiFixture.AppOrigin}/");
            using var answer = await browser.SendAsync(request);
            Assert.Equal($"{ApiFixture.AppOrigin}/", api.Superset.LastSeen!.Headers["Referer"]);
            Assert.Equal("frame-ancestors http://localhost:5173", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("Accept-Encoding", answer.Headers.Vary.Single());
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

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
    [InlineData("/static/service-worker.js")]
    [InlineData($"/embedded/{TestCatalogue.ClinicEmbedded}")]
    public async Task IssuersTokenGoesNowhereElse(string path)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", path);
        request.Headers.Add("Authorization", "Bearer issuers.own.token");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(api.Superset.LastSeen!.Headers.Keys.Intersect(["Authorization", "X-GuestToken"], StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Bearer a.b.c")]
    [InlineData("bearer guest.token.x")]
    public async Task TokenInBothPlacesIsNone(string authorization)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = Guest(browser, "GET", "/api/v1/me/roles/");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
    }

    [Theory]
    [InlineData("/api/v1/dashboard/3/datasets")]
    [InlineData("/api/v1/dashboard/aaaaaaaa-0000-4000-8000-000000000001/datasets")]
    [InlineData("/api/v1/dataset/7/drill_info/?q=(dashboard_id:3)")]
    public async Task WhatDatasetsAreMadeOfHoldsNoSql(string target)
    {
        api.Superset.Answer = context => context.Response.WriteAsJsonAsync(JsonSerializer.Deserialize<JsonElement>(
            """
            {"result":[{"id":7,"offset":12345678901234567890.10,"sql":"select 1","select_star":"select *","perm":"[clinic]","params":"{}","template_params":"{}",
             "columns":[{"column_name":"fee","verbose_name":"Gebühr","expression":"secret_column"}],
             "metrics":[{"metric_name":"revenue","d3format":",.0f","expression":"sum(secret_column)"}],"verbose_map":{"fee":"Fee"}}]}
            """));
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = Guest(browser, "GET", target);
            request.Headers.Add("Accept-Encoding", "gzip");
            using var answer = await browser.SendAsync(request);
            var dataset = (await answer.JsonAsync()).GetProperty("result")[0];
            Assert.Equal(["id", "offset", "columns", "metrics", "verbose_map"], dataset.EnumerateObject().Select(member => member.Name));
            Assert.Equal("12345678901234567890.10", dataset.GetProperty("offset").GetRawText());
            Assert.Equal("Gebühr", dataset.GetProperty("columns")[0].GetProperty("verbose_name").GetString());
            Assert.DoesNotContain("secret_column", dataset.GetRawText(), StringComparison.Ordinal);
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
            Assert.DoesNotContain("Accept-Encoding", api.Superset.LastSeen!.Headers.Keys);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task MetadataThatCannotBeReadDoesNotPass()
    {
        api.Superset.Answer = context => context.Response.WriteAsync("select * from appointments");
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(Guest(browser, "GET", "/api/v1/dashboard/3/datasets"));
            await answer.AssertProblemAsync(HttpStatusCode.BadGateway, "superset-refused");
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task ExportFormsTokenMovesToTheHeader()
    {
        using var browser = api.NewEmbedBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form_data"] = """{"result_format":"csv","text":"é & ="}""", ["guest_token"] = "form.guest.token", ["csrf_token"] = "x",
            }),
        };
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("form.guest.token", api.Superset.LastSeen!.Headers["X-GuestToken"]);
        Assert.Equal(
            """form_data={"result_format":"csv","text":"é & ="}""",
            WebUtility.UrlDecode(api.Superset.LastSeen.Body));
    }

    [Fact]
    public async Task BodiesPassUnchanged()
    {
        using var browser = api.NewEmbedBrowser();
        using var request = Guest(browser, "POST", "/api/v1/chart/data");
        request.Content = new StringContent("""{"queries":[{"filters":[]}]}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        Assert.Equal("""{"queries":[{"filters":[]}]}""", api.Superset.LastSeen!.Body);
        Assert.Equal("application/json; charset=utf-8", api.Superset.LastSeen.Headers["Content-Type"]);
    }

    [Fact]
    public async Task RowsAreStreamedAsTheyCome()
    {
        var release = new TaskCompletionSource();
        api.Superset.Answer = async context =>
        {
            await context.Response.WriteAsync("first,");
            await context.Response.Body.FlushAsync();
            await release.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await context.Response.WriteAsync("second");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.EmbedPort}") };
            using var request = Guest(browser, "GET", "/api/v1/me/roles/");
            request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(Cancellation);
            var buffer = new byte[64];
            var read = await body.ReadAsync(buffer, Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
            Assert.Equal("first,", System.Text.Encoding.UTF8.GetString(buffer, 0, read));
        }
        finally
        {
            release.SetResult();
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData(302, HttpStatusCode.NotFound, "not-found")]
    [InlineData(400, HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData(401, HttpStatusCode.Unauthorized, "no-guest-token")]
    [InlineData(403, HttpStatusCode.Forbidden, "forbidden")]
    [InlineData(422, HttpStatusCode.UnprocessableEntity, "malformed-request")]
    [InlineData(500, HttpStatusCode.BadGateway, "superset-refused")]
    [InlineData(503, HttpStatusCode.ServiceUnavailable, "superset-unavailable")]
    public async Task RedirectsAndBreakdownsDoNotPass(int upstream, HttpStatusCode status, string slug)
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = upstream;
            context.Response.Headers.Location = "/login/";
            return context.Response.WriteAsync("Traceback (most recent call last)");
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(Guest(browser, "GET", "/api/v1/me/roles/"));
            await answer.AssertProblemAsync(status, slug);
            Assert.Null(answer.Headers.Location);
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task SupersetThatIsAwayIsSaidSo()
    {
        api.Superset.Away = true;
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var answer = await browser.SendAsync(Guest(browser, "GET", "/api/v1/me/roles/"));
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
        }
    }

    [Theory]
    [InlineData($"/embedded/{TestCatalogue.ClinicEmbedded}")]
    [InlineData("/api/v1/me/roles/")]
    [InlineData("/static/service-worker.js")]
    public async Task ApplicationsEndpointServesNothingOfSuperset(string path)
    {
        using var browser = api.NewBrowser();
        using var answer = await browser.SendAsync(Guest(browser, "GET", path));
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static HttpRequestMessage Guest(Browser browser, string method, string target)
    {
        var request = browser.Request(method, target);
        request.Headers.Add("X-GuestToken", "guest.token.x");
        return request;
    }
}
