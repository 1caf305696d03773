using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Somebody on the machine who stole the password of the Api's account in Superset, and the ingress secret.</summary>
internal sealed class ServiceAccount : IDisposable
{
    private readonly HttpClient client;

    private ServiceAccount(HttpClient client) => this.client = client;

    public static async Task<ServiceAccount> LogInAsync(StackFixture stack, CancellationToken cancellationToken)
    {
        var client = new HttpClient { BaseAddress = stack.Superset, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-Superset-Ingress", await stack.ParameterAsync("superset-ingress-secret"));
        var login = new { username = "embedstack-api", password = await stack.ParameterAsync("service-account-password"), provider = "db" };
        using var response = await client.PostAsJsonAsync("api/v1/security/login", login, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"The login answered {(int)response.StatusCode}.");
        client.DefaultRequestHeaders.Authorization = new("Bearer", await ReadAsync(response, "access_token", cancellationToken));
        return new ServiceAccount(client);
    }

    public async Task<HttpStatusCode> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(path, cancellationToken);
        return response.StatusCode;
    }

    public async Task<HttpStatusCode> MintAsync(JsonObject body, CancellationToken cancellationToken) => (await AskAsync(body, cancellationToken)).Status;

    /// <summary>The token that Superset makes of a body, or null where it makes none.</summary>
    public async Task<string?> TokenAsync(JsonObject body, CancellationToken cancellationToken) => (await AskAsync(body, cancellationToken)).Token;

    public void Dispose() => client.Dispose();

    private async Task<(HttpStatusCode Status, string? Token)> AskAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var csrf = await client.GetAsync("api/v1/security/csrf_token/", cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/security/guest_token/") { Content = JsonContent.Create(body) };
        request.Headers.Add("X-CSRFToken", await ReadAsync(csrf, "result", cancellationToken));
        using var response = await client.SendAsync(request, cancellationToken);
        return (response.StatusCode, response.IsSuccessStatusCode ? await ReadAsync(response, "token", cancellationToken) : null);
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, string name, CancellationToken cancellationToken) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty(name).GetString()!;
}
