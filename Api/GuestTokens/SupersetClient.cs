using System.Net;
using System.Text.Json;
using EmbedStack.Api.Http;
using EmbedStack.ServiceDefaults.Clients;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.GuestTokens;

/// <summary>The three calls of Superset's guest token handshake.</summary>
internal sealed partial class SupersetClient(
    IHttpClientFactory clients, SupersetSettings settings, TimeProvider time, ILogger<SupersetClient> logger)
{
    /// <summary>Signs the service account in and fetches a CSRF token with its cookie.</summary>
    public async Task<SupersetLogin> LogInAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var accessToken = await FetchAccessTokenAsync(cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/security/csrf_token/");
        request.Headers.Authorization = new("Bearer", accessToken);
        using var response = await SendAsync(request, cancellationToken);
        var csrfToken = await ReadTextAsync(response, "result", cancellationToken);
        var cookies = response.Headers.TryGetValues(HeaderNames.SetCookie, out var values) ? values : [];
        return new SupersetLogin(accessToken, csrfToken, string.Join("; ", cookies.Select(cookie => cookie.Split(';', 2)[0])), now);
    }

    /// <summary>Makes a guest token; null where Superset no longer takes the login.</summary>
    public async Task<string?> MintAsync(SupersetLogin login, GuestTokenBody body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/security/guest_token/") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", login.AccessToken);
        request.Headers.Add("X-CSRFToken", login.CsrfToken);
        request.Headers.Add(HeaderNames.Cookie, login.Cookie);
        // Superset keeps nothing of a token: one that was made and whose answer was lost is nobody's.
        request.MarkSafeToRepeat();
        using var response = await SendAsync(request, cancellationToken);
        return await IsLoginRefusedAsync(response, cancellationToken) ? null : await ReadTextAsync(response, "token", cancellationToken);
    }

    private async Task<string> FetchAccessTokenAsync(CancellationToken cancellationToken)
    {
        HttpResponseMessage? response = null;
        try
        {
            foreach (var password in settings.Password.Value.All)
            {
                response?.Dispose();
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/security/login")
                {
                    Content = JsonContent.Create(new { username = settings.Username, password, provider = "db" }),
                };
                response = await SendAsync(request.MarkSafeToRepeat(), cancellationToken);
                if (response.StatusCode != HttpStatusCode.Unauthorized)
                {
                    break;
                }
            }

            return await ReadTextAsync(response!, "access_token", cancellationToken);
        }
        finally
        {
            response?.Dispose();
        }
    }

    // A CSRF token whose session is gone is a 400, like everything else that Superset finds wrong with a request.
    private static async Task<bool> IsLoginRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode == HttpStatusCode.Unauthorized
        || (response.StatusCode == HttpStatusCode.BadRequest
            && (await response.Content.ReadAsStringAsync(cancellationToken)).Contains("CSRF", StringComparison.OrdinalIgnoreCase));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await clients.CreateClient(SupersetSettings.Service).SendAsync(request, cancellationToken);
            return response.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
                ? response
                : throw new HttpRequestException($"Superset answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            throw new ProblemException(Problems.SupersetUnavailable, exception);
        }
    }

    private async Task<string> ReadTextAsync(HttpResponseMessage response, string property, CancellationToken cancellationToken)
    {
        try
        {
            if (response.IsSuccessStatusCode)
            {
                using var answer = await JsonDocument.ParseAsync(
                    await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
                return answer.RootElement.GetProperty(property).GetString()!;
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
        }

        LogRefused(response.RequestMessage?.RequestUri?.AbsolutePath, (int)response.StatusCode);
        throw new ProblemException(Problems.SupersetRefused);
    }

    [LoggerMessage(LogLevel.Error, "Superset refused {Path} with {Status}")]
    private partial void LogRefused(string? path, int status);
}
