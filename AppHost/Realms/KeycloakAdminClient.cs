using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>Keycloak's admin API.</summary>
/// <param name="address">The server's.</param>
/// <param name="password">Of the server's administrator.</param>
internal sealed class KeycloakAdminClient(Uri address, string password) : IDisposable
{
    // An access token of the administrator lasts for a minute.
    private static readonly TimeSpan SignedIn = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    private long? _signedInAt;

    /// <summary>What stands at a path below <c>admin/realms</c>, or nothing.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        await SignInAsync(cancellationToken);
        using var answer = await _http.GetAsync($"admin/realms/{path}", cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            return null;
        }

        await CheckAsync(answer, $"read {path}", cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
    }

    /// <summary>The one item of a list that a search answers with, or nothing.</summary>
    public async Task<JsonObject?> FindFirstAsync(string path, CancellationToken cancellationToken)
    {
        var found = await FindAsync(path, cancellationToken) as JsonArray;
        return found is [JsonObject first, ..] ? first : null;
    }

    public Task PostAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Adds what may be there already.</summary>
    public Task AddAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken, HttpStatusCode.Conflict);

    public Task PutAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, body, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        if (_signedInAt is { } at && Stopwatch.GetElapsedTime(at) < SignedIn)
        {
            return;
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["client_id"] = "admin-cli",
            ["username"] = "admin",
            ["password"] = password,
        });
        using var answer = await _http.PostAsync("realms/master/protocol/openid-connect/token", form, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest)
        {
            throw new DistributedApplicationException(
                "Keycloak refuses the administrator's password: its data were made with another one. "
                + "Restore the parameter keycloak-admin-password, or start from nothing: ./embedstack down --volumes");
        }

        await CheckAsync(answer, "sign in", cancellationToken);
        var token = await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["access_token"]!);
        _signedInAt = Stopwatch.GetTimestamp();
    }

    private async Task SendAsync(
        HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken, HttpStatusCode? accepted = null)
    {
        await SignInAsync(cancellationToken);
        using var request = new HttpRequestMessage(method, $"admin/realms/{path}".TrimEnd('/'))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (answer.StatusCode != accepted)
        {
            await CheckAsync(answer, $"{method} {path}", cancellationToken);
        }
    }

    private static async Task CheckAsync(HttpResponseMessage answer, string purpose, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new DistributedApplicationException($"Keycloak did not {purpose}: {(int)answer.StatusCode} {body}");
        }
    }
}
