using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Tenants.Keycloak;

/// <summary>Organizations and their members at Keycloak, by the client that may manage these and nothing else.</summary>
internal sealed class KeycloakAdmin(Uri address, string realm, string secret) : IDisposable
{
    private const string ClientId = "embedstack-tenants";
    private const string AdministratorsGroup = "clinic-administrators";
    private const string TenantAttribute = "tenant";
    private const int Page = 100;
    private static readonly TimeSpan TokenUse = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    private DateTimeOffset _signedInAt;

    /// <summary>The organization of this alias. Keycloak finds by name and domain only, so all are looked through.</summary>
    public async Task<Organization?> FindOrganizationAsync(string alias, CancellationToken cancellation) =>
        (await ListAsync("organizations", cancellation)).Select(ReadOrganization).FirstOrDefault(found => found.Alias == alias);

    public async Task<Organization> AddOrganizationAsync(string alias, string name, CancellationToken cancellation)
    {
        await SendAsync(HttpMethod.Post, "organizations", new JsonObject { ["name"] = name, ["alias"] = alias, ["enabled"] = true }, cancellation);
        return await FindOrganizationAsync(alias, cancellation) ?? throw new JobException($"Keycloak made no organization '{alias}'");
    }

    public async Task SetEnabledAsync(Organization organization, bool enabled, CancellationToken cancellation)
    {
        // Written whole: what is left out of the body Keycloak takes away.
        var found = (JsonObject)(await ReadAsync($"organizations/{organization.Id}", cancellation))!;
        if ((bool)found["enabled"]! != enabled)
        {
            found["enabled"] = enabled;
            await SendAsync(HttpMethod.Put, $"organizations/{organization.Id}", found, cancellation);
        }
    }

    public Task DeleteAsync(Organization organization, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, $"organizations/{organization.Id}", null, cancellation);

    public async Task<IReadOnlyList<KeycloakUser>> MembersOfAsync(Organization organization, CancellationToken cancellation) =>
        [.. (await ListAsync($"organizations/{organization.Id}/members", cancellation)).Select(ReadUser)];

    public Task AddMemberAsync(Organization organization, KeycloakUser user, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"organizations/{organization.Id}/members", JsonValue.Create(user.Id), cancellation);

    /// <summary>Takes somebody out of an organization who stays where else they belong.</summary>
    public Task RemoveMemberAsync(Organization organization, KeycloakUser user, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, $"organizations/{organization.Id}/members/{user.Id}", null, cancellation);

    public async Task<IReadOnlyList<Organization>> OrganizationsOfAsync(KeycloakUser user, CancellationToken cancellation) =>
        [.. ((JsonArray)(await ReadAsync($"organizations/members/{user.Id}/organizations", cancellation))!).Select(found => ReadOrganization(found!))];

    public async Task<KeycloakUser?> FindUserAsync(string username, CancellationToken cancellation) =>
        ((JsonArray)(await ReadAsync($"users?exact=true&username={Uri.EscapeDataString(username)}", cancellation))!)
        .Select(found => ReadUser(found!)).FirstOrDefault();

    /// <summary>Whom this tool made for a tenant, members of its organization or not.</summary>
    public async Task<IReadOnlyList<KeycloakUser>> UsersMadeForAsync(string tenant, CancellationToken cancellation) =>
    [
        // Keycloak compares without regard to case.
        .. (await ListAsync($"users?q={TenantAttribute}:{Uri.EscapeDataString(tenant)}", cancellation)).Select(ReadUser).Where(user => user.MadeFor == tenant),
    ];

    /// <summary>Takes away what says for which tenant somebody was made.</summary>
    public async Task UnmarkAsync(KeycloakUser user, CancellationToken cancellation)
    {
        var found = (JsonObject)(await ReadAsync($"users/{user.Id}", cancellation))!;
        found["attributes"]?.AsObject().Remove(TenantAttribute);
        await SendAsync(HttpMethod.Put, $"users/{user.Id}", found, cancellation);
    }

    /// <summary>Makes an administrator who must change the password, and say their name, at the first sign-in.</summary>
    /// <param name="tenant">The key of the tenant that they are for: it stands with them, and who is not a member yet is found by it.</param>
    /// <param name="email">Where they are reached; also their user name.</param>
    /// <param name="password">The first password.</param>
    /// <param name="cancellation">Stops before it is done.</param>
    public async Task<KeycloakUser> AddAdministratorAsync(string tenant, string email, string password, CancellationToken cancellation)
    {
        var user = new JsonObject
        {
            ["username"] = email,
            ["email"] = email,
            ["emailVerified"] = true,
            ["enabled"] = true,
            ["attributes"] = new JsonObject { [TenantAttribute] = new JsonArray(tenant) },
            ["groups"] = new JsonArray($"/{AdministratorsGroup}"),
            ["credentials"] = new JsonArray(Temporary(password)),
        };
        await SendAsync(HttpMethod.Post, "users", user, cancellation);
        return await FindUserAsync(email, cancellation) ?? throw new JobException($"Keycloak made no user '{email}'");
    }

    public Task SetTemporaryPasswordAsync(KeycloakUser user, string password, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, $"users/{user.Id}/reset-password", Temporary(password), cancellation);

    /// <summary>Ends the person's sessions.</summary>
    public Task SignOutAsync(KeycloakUser user, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"users/{user.Id}/logout", null, cancellation);

    public Task DeleteAsync(KeycloakUser user, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, $"users/{user.Id}", null, cancellation);

    public void Dispose() => _http.Dispose();

    private static JsonObject Temporary(string password) => new() { ["type"] = "password", ["value"] = password, ["temporary"] = true };

    private static Organization ReadOrganization(JsonNode found) =>
        new((string)found["id"]!, (string?)found["alias"] ?? "", (string)found["name"]!, (bool?)found["enabled"] ?? true);

    private static KeycloakUser ReadUser(JsonNode found) =>
        new((string)found["id"]!, (string)found["username"]!, (string?)found["attributes"]?[TenantAttribute]?[0]);

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancellation)
    {
        var all = new List<JsonNode>();
        while (await ReadAsync($"{path}{(path.Contains('?') ? '&' : '?')}first={all.Count}&max={Page}", cancellation) is JsonArray { Count: > 0 } page)
        {
            all.AddRange(page.Select(found => found!));
        }

        return all;
    }

    private async Task<JsonNode?> ReadAsync(string path, CancellationToken cancellation)
    {
        using var answer = await AskAsync(HttpMethod.Get, path, null, cancellation);
        return await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation);
    }

    private async Task SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation)
    {
        using var answer = await AskAsync(method, path, body, cancellation);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellation)
    {
        await SignInAsync(cancellation);
        using var request = new HttpRequestMessage(method, $"admin/realms/{realm}/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        return await CheckedAsync(_http.SendAsync(request, cancellation), $"{method} {path.Split('?')[0]}", cancellation);
    }

    // Access tokens are short-lived and storage takes its time.
    private async Task SignInAsync(CancellationToken cancellation)
    {
        if (DateTimeOffset.UtcNow - _signedInAt < TokenUse)
        {
            return;
        }

        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = ClientId, ["client_secret"] = secret,
        });
        using var answer = await CheckedAsync(
            _http.PostAsync($"realms/{realm}/protocol/openid-connect/token", form, cancellation), $"sign {ClientId} in", cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
        _signedInAt = DateTimeOffset.UtcNow;
    }

    private async Task<HttpResponseMessage> CheckedAsync(Task<HttpResponseMessage> pending, string purpose, CancellationToken cancellation)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await pending;
        }
        catch (Exception problem) when (problem is HttpRequestException || (problem is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new JobException($"Keycloak does not answer at {address}. Next: ./embedstack status", problem);
        }

        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var cause = (await answer.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ");
            throw new JobException($"Keycloak refused to {purpose}: {(int)answer.StatusCode} {cause[..Math.Min(cause.Length, 300)]}");
        }
    }
}
