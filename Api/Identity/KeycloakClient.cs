using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Identity;

/// <summary>Keycloak's back channel. Throws <see cref="ProblemException"/> where Keycloak is away.</summary>
internal sealed class KeycloakClient(IHttpClientFactory clients, KeycloakSettings settings, KeycloakSecret secret)
{
    // All of it within what a verdict may be late (EdgeSessions asks 4 s ahead).
    private static readonly TimeSpan[] Doubts = [TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(0.75), TimeSpan.FromSeconds(2)];

    /// <summary>Asks the token endpoint; null where the grant is refused.</summary>
    public async Task<JsonDocument?> RequestTokensAsync(Dictionary<string, string> grant, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(KeycloakSettings.TokenClient, settings.Token, grant, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => await ReadAsync(response, cancellationToken),
            HttpStatusCode.BadRequest => null,
            _ => throw Unavailable(response),
        };
    }

    /// <summary>Asks about a token of a session: one that was issued to this very client.</summary>
    public async Task<Introspection> IntrospectSessionAsync(string accessToken, CancellationToken cancellationToken) =>
        await IntrospectAsync(KeycloakSettings.Service, accessToken, cancellationToken) is var facts && facts.Client == settings.ClientId ? facts : Introspection.Inactive;

    /// <summary>
    /// Asks about a token that a caller shows. This client's own tokens are none of those: they never leave the server,
    /// and whoever has one took it.
    /// </summary>
    public async Task<Introspection> IntrospectBearerAsync(string accessToken, CancellationToken cancellationToken) =>
        await IntrospectAsync(KeycloakSettings.BearerClient, accessToken, cancellationToken) is var facts && facts.Client != settings.ClientId ? facts : Introspection.Inactive;

    /// <summary>Ends the session at Keycloak itself; its browser cookie then signs nobody in.</summary>
    public async Task EndSessionAsync(string refreshToken, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(KeycloakSettings.Service, settings.EndSession, new() { ["refresh_token"] = refreshToken }, cancellationToken);
    }

    /// <summary>Reads the keys that the realm signs with.</summary>
    public async Task<JsonDocument> ReadKeysAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.Keys);
        using var response = await SendAsync(KeycloakSettings.Service, request, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    public async Task<string?> ReadIssuerAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.Discovery);
        using var response = await SendAsync(KeycloakSettings.Service, request, cancellationToken);
        using var answer = await ReadAsync(response, cancellationToken);
        return answer.RootElement.GetProperty("issuer").GetString();
    }

    // Keycloak answers 400 "Failed to introspect token." for a token whose organization is gone, and for whatever went wrong
    // within: its database's connection broke, for one. Only what stays is a verdict.
    private async Task<Introspection> IntrospectAsync(string client, string accessToken, CancellationToken cancellationToken)
    {
        foreach (var pause in Doubts)
        {
            if (await TryIntrospectAsync(client, accessToken, cancellationToken) is { } verdict)
            {
                return verdict;
            }

            await Task.Delay(pause, cancellationToken);
        }

        return await TryIntrospectAsync(client, accessToken, cancellationToken) ?? Introspection.Inactive;
    }

    private async Task<Introspection?> TryIntrospectAsync(string client, string accessToken, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(client, settings.Introspection, new() { ["token"] = accessToken }, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                using (var answer = await ReadAsync(response, cancellationToken))
                {
                    return Introspection.Read(answer.RootElement, settings);
                }

            case HttpStatusCode.BadRequest:
                return null;
            default:
                throw Unavailable(response);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string client, string endpoint, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        foreach (var value in secret.File.Value.All)
        {
            response?.Dispose();
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
            request.Headers.Authorization = Basic(settings.ClientId, value);
            response = await SendAsync(client, client == KeycloakSettings.TokenClient ? request : request.MarkSafeToRepeat(), cancellationToken);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return response;
            }
        }

        response?.Dispose();
        throw new ProblemException(Problems.IdentityUnavailable, new InvalidOperationException("Keycloak refuses the client's secret."));
    }

    private async Task<HttpResponseMessage> SendAsync(string client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await clients.CreateClient(client).SendAsync(request, cancellationToken);
            return (int)response.StatusCode < 500
                ? response
                : throw new HttpRequestException($"Keycloak answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new ProblemException(Problems.IdentityUnavailable, exception);
        }
    }

    // A proxy's or a limiter's word is no verdict on a session.
    private static ProblemException Unavailable(HttpResponseMessage response) =>
        new(Problems.IdentityUnavailable, new HttpRequestException($"Keycloak answered {(int)response.StatusCode}."));

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new ProblemException(Problems.IdentityUnavailable, exception);
        }
    }

    private static AuthenticationHeaderValue Basic(string user, string password) => new(
        "Basic",
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}")));
}
