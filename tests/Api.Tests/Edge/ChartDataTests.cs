using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge;

/// <summary>/api/v1/chart/data: rows, asked by script or by an export form.</summary>
public sealed class ChartDataTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task ExportFormsTokenMovesToTheHeader()
    {
        using var browser = api.NewEmbedBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["form_data"] = """{"result_format":"csv","text":"é & ="}""", ["guest_token"] = "form.guest.token", ["csrf_token"] = "x",
                ["filename"] = "x.csv", ["expected_rows"] = "1",
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
        using var request = browser.Guest("POST", "/api/v1/chart/data");
        request.Content = new StringContent("""{"queries":[{"filters":[]}]}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        Assert.Equal("""{"queries":[{"filters":[]}]}""", api.Superset.LastSeen!.Body);
        Assert.Equal("application/json; charset=utf-8", api.Superset.LastSeen.Headers["Content-Type"]);
    }
}
