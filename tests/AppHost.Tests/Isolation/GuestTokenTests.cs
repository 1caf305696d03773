using System.Net;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Isolation;

public sealed class GuestTokenTests(StackFixture stack, BrowserFixture browser)
{
    private static readonly Dictionary<string, string> CrossSiteGuard = new() { ["X-CSRF"] = "1" };

    private ChartDataClient ChartData => new(stack);

    [Fact]
    public async Task TokenOfOneClinicReadsThatClinicAlone()
    {
        var token = await MintAsync(Person.NorthsideAdministrator);

        var (status, rows) = await ChartData.CountByAsync(stack.Embed, token, "tenant_id", []);

        Assert.Equal(HttpStatusCode.OK, status);
        var row = Assert.Single(rows);
        Assert.Equal("northside", row.Key);
        Assert.Equal(await ClinicDatabase.AppointmentsAsync(stack, "northside"), row.Value);
    }

    [Fact]
    public async Task TokenOfOneClinicReadsNoRowsOfAnother()
    {
        var token = await MintAsync(Person.NorthsideAdministrator);

        var (status, rows) = await ChartData.CountByAsync(stack.Embed, token, "tenant_id", [new { col = "tenant_id", op = "==", val = "harbour" }]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Empty(rows);
        Assert.NotEqual(0, await ClinicDatabase.AppointmentsAsync(stack, "harbour"));
    }

    [Fact]
    public async Task NoTokenReadsNothing()
    {
        var (status, _) = await ChartData.CountByAsync(stack.Embed, token: null, "tenant_id", []);

        Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task TokenWithAnotherClinicsRuleIsRefused()
    {
        var token = await MintAsync(Person.NorthsideAdministrator);
        var forged = await GuestTokenForger.WithRuleAsync(stack, token, "tenant_id = 'harbour'");

        var (status, rows) = await ChartData.CountByAsync(stack.Embed, forged, "tenant_id", []);

        Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        Assert.Empty(rows);
    }

    [Fact]
    public async Task TokenWithoutTheApisAssertionIsRefused()
    {
        var token = await MintAsync(Person.NorthsideAdministrator);
        var forged = await GuestTokenForger.WithoutAssertionAsync(stack, token);

        var (status, _) = await ChartData.CountByAsync(stack.Embed, forged, "tenant_id", []);

        Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    [Fact]
    public async Task SupersetAnswersOnlyThroughTheApi()
    {
        var token = await MintAsync(Person.NorthsideAdministrator);

        var (status, _) = await ChartData.CountByAsync(stack.Superset, token, "tenant_id", []);

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task TenantInTheRequestIsIgnored()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator);
        var headers = new Dictionary<string, string>(CrossSiteGuard) { ["X-Tenant-Id"] = "harbour" };

        var (status, body) = await product.FetchAsync("/api/superset/guest-token?tenant_id=harbour", "POST", """{"dashboard_key":"clinic"}""", headers);

        Assert.Equal(200, status);
        var (_, rows) = await ChartData.CountByAsync(stack.Embed, Token(body), "tenant_id", []);
        Assert.Equal("northside", Assert.Single(rows).Key);
    }

    [Fact]
    public async Task MintNeedsASession()
    {
        using var client = new HttpClient { BaseAddress = stack.App, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-CSRF", "1");
        using var content = new StringContent("""{"dashboard_key":"clinic"}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await client.PostAsync("api/superset/guest-token", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task<string> MintAsync(Person person)
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, person);
        var (status, body) = await product.FetchAsync("/api/superset/guest-token", "POST", """{"dashboard_key":"clinic"}""", CrossSiteGuard);
        Assert.True(status == 200, $"The mint answered {status}.");
        return Token(body);
    }

    private static string Token(string body) => JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!;
}
