using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>
/// Superset asks entitlements' conditions of what the token says of its holder: whose region has changed gets another token, of
/// the edge and of Superset. A caller with an access token has the same session before and after.
/// </summary>
public sealed class ChangedAttributesTests(ExchangeFixture edge, SignedFixture direct) : IClassFixture<ExchangeFixture>, IClassFixture<SignedFixture>
{
    [Fact]
    public async Task EdgesAndSupersetsTokenAreMadeAnew()
    {
        var machine = Machine();
        var bearer = edge.Keycloak.IssueBearer(machine);
        var first = await MintAsync(edge, bearer);
        Assert.Equal(first, await MintAsync(edge, bearer));
        Assert.Equal("nsw", Region(edge.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!));
        var mints = edge.Superset.Mints;

        MoveAway(edge, machine);

        Assert.NotEqual(first, await MintAsync(edge, bearer));
        Assert.Equal(mints + 1, edge.Superset.Mints);
        Assert.Equal("vic", Region(edge.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!));
    }

    [Fact]
    public async Task TokenThatBrowsersGetAsItIsIsMadeAnew()
    {
        var machine = Machine();
        var bearer = direct.Keycloak.IssueBearer(machine);
        var first = await MintAsync(direct, bearer);
        Assert.Equal(first, await MintAsync(direct, bearer));
        Assert.Equal("nsw", RegionIn(first));

        MoveAway(direct, machine);

        Assert.Equal("vic", RegionIn(await MintAsync(direct, bearer)));
    }

    private static TestPerson Machine() => new() { Client = "northside-integration", Roles = ["staff"], Region = "nsw" };

    private static void MoveAway(ApiFixture api, TestPerson machine)
    {
        machine.Region = "vic";
        api.Clock.Advance(TimeSpan.FromSeconds(10)); // the verdict is asked for again, and tokens have more than half their life left
    }

    private static async Task<string> MintAsync(ApiFixture api, string bearer)
    {
        using var browser = api.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token") { Content = JsonContent.Create(new { dashboard_key = "appointments" }) };
        request.Headers.Authorization = new("Bearer", bearer);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("token").GetString()!;
    }

    private static string? RegionIn(string token) => Region(Payload(token).GetProperty("user").GetProperty("last_name").GetString()!);

    private static string? Region(string assertion) => Payload(assertion).GetProperty("attributes").GetProperty("region").GetString();

    private static JsonElement Payload(string jws) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(jws.Split('.')[1]));
}
