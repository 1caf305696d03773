using System.Buffers.Text;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>An Api that gives browsers tokens of its own, as it does by default.</summary>
public class ExchangeFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings => [new("Edge:Tokens", ""), new("GuestTokens:Reuse", "true")];

    public async Task<string> TokenAsync(TestPerson person, string dashboard = "clinic")
    {
        using var browser = await SignInAsync(person);
        return await TokenAsync(browser, dashboard);
    }

    public static async Task<string> TokenAsync(Browser browser, string dashboard = "clinic")
    {
        using var answer = await browser.MintAsync(dashboard);
        return (await answer.JsonAsync()).GetProperty("token").GetString()!;
    }

    /// <summary>Reads a chart's rows with a token, at this instance's embed origin or another's.</summary>
    internal async Task<HttpResponseMessage> ReadAsync(string token, ApiInstance? instance = null)
    {
        using var browser = new Browser((instance ?? Api).EmbedPort, EmbedOrigin);
        using var request = browser.Request("POST", "/api/v1/chart/data?dashboard_id=1");
        request.Headers.Add("X-GuestToken", token);
        request.Content = new StringContent("""{"queries":[]}""", System.Text.Encoding.UTF8, "application/json");
        return await browser.SendAsync(request);
    }

    public static JsonElement Claims(string token) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
