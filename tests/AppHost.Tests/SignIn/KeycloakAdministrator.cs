using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>Keycloak's own administrator, who can do to a session what no page of ours does.</summary>
internal sealed class KeycloakAdministrator : IDisposable
{
    private const string Realm = "admin/realms/embedstack/";
    private readonly HttpClient client;

    private KeycloakAdministrator(HttpClient client) => this.client = client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<KeycloakAdministrator> SignInAsync(StackFixture stack)
    {
        var client = new HttpClient { BaseAddress = stack.Keycloak, Timeout = TimeSpan.FromSeconds(30) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password", ["client_id"] = "admin-cli", ["username"] = "admin", ["password"] = await stack.ParameterAsync("keycloak-admin-password"),
        });
        using var answer = await client.PostAsync("realms/master/protocol/openid-connect/token", form, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"Keycloak's administrator was refused: {(int)answer.StatusCode}.");
        var token = await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token!["access_token"]!);
        return new KeycloakAdministrator(client);
    }

    public async Task<JsonObject> UserAsync(string name) =>
        (await ReadAsync($"users?exact=true&username={Uri.EscapeDataString(name)}")).AsArray().Single()!.AsObject();

    public async Task<IReadOnlySet<string>> SessionsOfAsync(JsonObject user) =>
        (await ReadAsync($"users/{user["id"]}/sessions")).AsArray().Select(session => (string)session!["id"]!).ToHashSet();

    /// <summary>The clients that still take part in a session.</summary>
    public async Task<IReadOnlyList<string>> ClientsOfAsync(JsonObject user, string session) =>
        [.. (await ReadAsync($"users/{user["id"]}/sessions")).AsArray()
            .Where(found => (string)found!["id"]! == session)
            .SelectMany(found => found!["clients"]!.AsObject(), (_, client) => (string)client.Value!)];

    public Task EndSessionAsync(string session) => SendAsync(HttpMethod.Delete, $"sessions/{session}");

    public async Task SetEnabledAsync(JsonObject user, bool enabled)
    {
        user["enabled"] = enabled;
        await SendAsync(HttpMethod.Put, $"users/{user["id"]}", user);
    }

    public async Task<JsonObject> RealmAsync() => (await ReadAsync("")).AsObject();

    public Task SetRealmAsync(JsonObject realm) => SendAsync(HttpMethod.Put, "", realm);

    /// <summary>What is said of persons, and who may change it.</summary>
    public async Task<JsonObject> ProfileAsync() => (await ReadAsync("users/profile")).AsObject();

    public Task SetProfileAsync(JsonObject profile) => SendAsync(HttpMethod.Put, "users/profile", profile);

    public async Task<JsonObject> ClientAsync(string id) =>
        (await ReadAsync($"clients?clientId={id}")).AsArray().Single()!.AsObject();

    public Task SetClientAsync(JsonObject client) => SendAsync(HttpMethod.Put, $"clients/{client["id"]}", client);

    public async Task AddMemberAsync(string organization, JsonObject user) =>
        await SendAsync(HttpMethod.Post, $"organizations/{await OrganizationIdAsync(organization)}/members", (JsonNode)(string)user["id"]!);

    public async Task RemoveMemberAsync(string organization, JsonObject user) =>
        await SendAsync(HttpMethod.Delete, $"organizations/{await OrganizationIdAsync(organization)}/members/{user["id"]}");

    /// <summary>The aliases of the organizations that somebody belongs to.</summary>
    public async Task<IReadOnlyList<string>> OrganizationsOfAsync(JsonObject user) =>
        [.. (await ReadAsync($"organizations/members/{user["id"]}/organizations")).AsArray().Select(found => (string)found!["alias"]!)];

    /// <summary>Lets Keycloak keep events of a type that it does not keep by itself; what stood before is put back by <see cref="SetEventsAsync"/>.</summary>
    public async Task<JsonNode> KeepEventsAsync(string type)
    {
        var before = await ReadAsync("events/config");
        var changed = before.DeepClone();
        changed["enabledEventTypes"]!.AsArray().Add((JsonNode)type);
        await SetEventsAsync(changed);
        return before;
    }

    public Task SetEventsAsync(JsonNode configuration) => SendAsync(HttpMethod.Put, "events/config", configuration);

    /// <summary>How many events of a person Keycloak has kept.</summary>
    public async Task<int> EventsAsync(string type, JsonObject user) =>
        (await ReadAsync($"events?type={type}&user={user["id"]}&max=1000")).AsArray().Count;

    /// <summary>Lets access tokens of the Api end after so many seconds; null is the realm's own time.</summary>
    public async Task SetTokenLifetimeAsync(int? seconds)
    {
        var found = await ClientAsync("embedstack-api");
        // Keycloak keeps what is left out: an empty value takes it away.
        found["attributes"]!["access.token.lifespan"] = seconds?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        await SetClientAsync(found);
    }

    public void Dispose() => client.Dispose();

    private async Task<string> OrganizationIdAsync(string alias) =>
        (string)(await ReadAsync("organizations?max=1000")).AsArray().Single(found => (string)found!["alias"]! == alias)!["id"]!;

    private async Task<JsonNode> ReadAsync(string path)
    {
        using var answer = await client.GetAsync((Realm + path).TrimEnd('/'), Cancellation);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}.");
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;
    }

    private async Task SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, (Realm + path).TrimEnd('/')) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Cancellation);
        Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.OK or HttpStatusCode.Created, $"{method} {path} answered {(int)answer.StatusCode}.");
    }
}
