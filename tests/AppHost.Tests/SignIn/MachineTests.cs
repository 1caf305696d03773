using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>A machine of one clinic, with a token of the real Keycloak.</summary>
public sealed class MachineTests(StackFixture stack)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MachineMintsForTheTenantOfItsClient()
    {
        var token = await TokenAsync("northside-integration", "northside-integration-client-secret");

        var (listed, dashboards) = await AskAsync(HttpMethod.Get, "api/dashboards", token);
        Assert.Equal(HttpStatusCode.OK, listed);
        Assert.Equal(
            ["appointments", "operations-hub"],
            JsonDocument.Parse(dashboards).RootElement.GetProperty("dashboards").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()).Order());
        var (minted, body) = await AskAsync(HttpMethod.Post, "api/superset/guest-token", token, new { dashboard_key = "appointments" });
        Assert.True(minted == HttpStatusCode.OK, body);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(HttpMethod.Post, "api/superset/guest-token", token, new { dashboard_key = "clinic" })).Status);
    }

    [Fact]
    public async Task TokenOfAClientThatIsNotForTheApiIsRefused()
    {
        var token = await TokenAsync("embedstack-tenants", "tenants-client-secret");
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(HttpMethod.Get, "api/dashboards", token)).Status);
    }

    private async Task<string> TokenAsync(string clientId, string secretParameter)
    {
        using var keycloak = new HttpClient { BaseAddress = stack.Keycloak, Timeout = TimeSpan.FromSeconds(30) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = await stack.ParameterAsync(secretParameter),
        });
        using var answer = await keycloak.PostAsync("realms/embedstack/protocol/openid-connect/token", form, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{clientId} got no token: {(int)answer.StatusCode}.");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("access_token").GetString()!;
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpMethod method, string path, string token, object? body = null)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
        using var request = new HttpRequestMessage(method, new Uri(stack.App, path)) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
