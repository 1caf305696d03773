using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Rotation.Stack;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Rotation.Keycloak;

/// <summary>Clients' secrets at Keycloak, changed as its administrator.</summary>
internal sealed class KeycloakClients(RunningStack stack) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Sets the secret of a client where it is another one.</summary>
    /// <exception cref="JobException">Keycloak is away, or refuses.</exception>
    public async Task SetSecretAsync(string clientId, string secret, CancellationToken cancellation)
    {
        try
        {
            await SignInAsync(cancellation);
            var clients = new Uri(stack.Keycloak, "admin/realms/embedstack/clients");
            using var found = await CheckedAsync(_http.GetAsync(new Uri($"{clients}?clientId={Uri.EscapeDataString(clientId)}"), cancellation), "find the client");
            var client = (await found.Content.ReadFromJsonAsync<JsonArray>(cancellation))?.FirstOrDefault() as JsonObject
                ?? throw new JobException($"Keycloak has no client {clientId}");
            if ((string?)client["secret"] != secret)
            {
                client["secret"] = secret;
                using var changed = await CheckedAsync(
                    _http.PutAsJsonAsync(new Uri($"{clients}/{client["id"]}"), client, cancellation), "change the client's secret");
            }
        }
        catch (Exception problem) when (
            problem is HttpRequestException or JsonException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new JobException($"Keycloak does not answer at {stack.Keycloak}", problem);
        }
    }

    public void Dispose() => _http.Dispose();

    // Its tokens last for a minute, and a rotation takes seconds: each has its own.
    private async Task SignInAsync(CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = "admin",
            ["password"] = stack.Parameter("keycloak-admin-password"),
        });
        _http.DefaultRequestHeaders.Authorization = null;
        var endpoint = new Uri(stack.Keycloak, "realms/master/protocol/openid-connect/token");
        using var answer = await CheckedAsync(_http.PostAsync(endpoint, form, cancellation), "sign its administrator in");
        var token = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellation);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["access_token"]!);
    }

    // Its answers are not shown: one of them might repeat what was sent.
    private static async Task<HttpResponseMessage> CheckedAsync(Task<HttpResponseMessage> pending, string purpose)
    {
        var answer = await pending;
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        answer.Dispose();
        throw new JobException($"Keycloak refused to {purpose}: {(int)answer.StatusCode}");
    }
}
