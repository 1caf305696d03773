using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EmbedStack.AppHost.Realms;

/// <summary>The part of Keycloak's admin API that a realm needs to follow the model.</summary>
internal sealed class KeycloakAdminClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Signs in as the server's administrator, for as long as one access token lasts: a minute.</summary>
    public async Task SignInAsync(string password, CancellationToken cancellationToken)
    {
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

        var token = await ReadAsync(answer, "sign in", cancellationToken);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
    }

    public async Task<bool> HasRealmAsync(string realm, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync($"admin/realms/{realm}", cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound)
        {
            return false;
        }

        await CheckAsync(answer, $"read the realm {realm}", cancellationToken);
        return true;
    }

    public async Task ImportRealmAsync(RealmRepresentation realm, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsJsonAsync("admin/realms", realm.Json, cancellationToken);
        await CheckAsync(answer, $"import the realm {realm.Name}", cancellationToken);
    }

    public async Task DeleteRealmAsync(string realm, CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync($"admin/realms/{realm}", cancellationToken);
        await CheckAsync(answer, $"delete the realm {realm}", cancellationToken);
    }

    /// <summary>Corrects a client, or makes it where it is missing. Tells what was changed.</summary>
    public async Task<IReadOnlyList<string>> CorrectClientAsync(string realm, JsonObject wanted, CancellationToken cancellationToken)
    {
        var clientId = (string)wanted["clientId"]!;
        var found = await FindAsync($"admin/realms/{realm}/clients?clientId={Uri.EscapeDataString(clientId)}", cancellationToken);
        if (found is null)
        {
            using var made = await _http.PostAsJsonAsync($"admin/realms/{realm}/clients", wanted, cancellationToken);
            await CheckAsync(made, $"make the client {clientId}", cancellationToken);
            return ["everything"];
        }

        var changed = ClientDrift.Correct(found, wanted);
        if (changed.Count > 0)
        {
            using var put = await _http.PutAsJsonAsync($"admin/realms/{realm}/clients/{found["id"]}", found, cancellationToken);
            await CheckAsync(put, $"change the client {clientId}", cancellationToken);
        }

        return changed;
    }

    /// <summary>Sets a user's password. A user who was deleted stays so.</summary>
    public async Task SetPasswordAsync(string realm, string userName, string value, CancellationToken cancellationToken)
    {
        var user = await FindAsync($"admin/realms/{realm}/users?exact=true&username={Uri.EscapeDataString(userName)}", cancellationToken);
        if (user is null)
        {
            return;
        }

        var credential = new JsonObject { ["type"] = "password", ["value"] = value, ["temporary"] = false };
        using var answer = await _http.PutAsJsonAsync($"admin/realms/{realm}/users/{user["id"]}/reset-password", credential, cancellationToken);
        await CheckAsync(answer, $"set the password of {userName}", cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject?> FindAsync(string address, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(address, cancellationToken);
        await CheckAsync(answer, $"read {address}", cancellationToken);
        var found = await answer.Content.ReadFromJsonAsync<JsonArray>(cancellationToken);
        return found is [JsonObject first, ..] ? first : null;
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer, string purpose, CancellationToken cancellationToken)
    {
        await CheckAsync(answer, purpose, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
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
