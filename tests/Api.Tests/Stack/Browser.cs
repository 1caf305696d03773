using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>Keeps cookies as a browser does on loopback, Secure ones over http included, and follows nothing by itself.</summary>
public sealed class Browser(int port, string origin) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>A request for exactly this target: Uri would otherwise tidy up the very paths that matter.</summary>
    public HttpRequestMessage Request(string method, string target) => new(
        new HttpMethod(method), new Uri($"http://127.0.0.1:{port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<HttpResponseMessage> GetUnlessHungUpAsync(string path, CancellationToken hangingUp) =>
        SendUnlessHungUpAsync(new HttpRequestMessage(HttpMethod.Get, path), hangingUp);

    public async Task<System.Text.Json.JsonElement> GetJsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} answered {(int)answer.StatusCode}.");
        return await answer.JsonAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, bool csrf = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (csrf)
        {
            request.Headers.Add("X-CSRF", "1");
        }

        return SendAsync(request);
    }

    public Task<HttpResponseMessage> MintAsync(string key) => PostAsync("/api/superset/guest-token", new { dashboard_key = key });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => SendUnlessHungUpAsync(request, CancellationToken.None);

    public async Task<HttpResponseMessage> SendUnlessHungUpAsync(HttpRequestMessage request, CancellationToken hangingUp)
    {
        request.Headers.Host ??= new Uri(origin).Authority;
        if (Cookies.Count > 0)
        {
            request.Headers.Add(HeaderNames.Cookie, string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await _client.SendAsync(request, hangingUp);
        foreach (var cookie in SetCookies(response))
        {
            if (cookie.Expires < DateTimeOffset.UtcNow)
            {
                Cookies.Remove(cookie.Name.Value!);
            }
            else
            {
                Cookies[cookie.Name.Value!] = cookie.Value.Value!;
            }
        }

        return response;
    }

    /// <summary>Walks through the sign-in up to the answer of the callback.</summary>
    public async Task<HttpResponseMessage> SignInAsync(KeycloakPeer keycloak, TestPerson person, string returnUrl = "/")
    {
        var query = await StartSignInAsync(returnUrl);
        var code = keycloak.IssueCode(person, query["code_challenge"]!, query["redirect_uri"]!);
        return await GetAsync(QueryHelpers.AddQueryString("/bff/signin", new Dictionary<string, string?>
        {
            ["code"] = code, ["state"] = query["state"], ["iss"] = keycloak.Issuer,
        }));
    }

    public async Task<Dictionary<string, string?>> StartSignInAsync(string returnUrl = "/")
    {
        using var challenge = await GetAsync($"/bff/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(System.Net.HttpStatusCode.Redirect, challenge.StatusCode);
        return QueryHelpers.ParseQuery(challenge.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
    }

    public static IReadOnlyList<Microsoft.Net.Http.Headers.SetCookieHeaderValue> SetCookies(HttpResponseMessage response) =>
        response.Headers.TryGetValues(HeaderNames.SetCookie, out var values)
            ? [.. Microsoft.Net.Http.Headers.SetCookieHeaderValue.ParseList([.. values])]
            : [];

    public void Dispose() => _client.Dispose();
}
