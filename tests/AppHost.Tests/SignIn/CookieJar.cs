using System.Net.Http.Headers;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>
/// Keeps each server's cookies as a browser does on localhost, where it takes Secure ones over HTTP as well;
/// .NET's own container does not.
/// </summary>
internal sealed class CookieJar
{
    private readonly Dictionary<string, Dictionary<string, string>> servers = [];

    public void Keep(Uri address, HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Set-Cookie", out var cookies))
        {
            return;
        }

        var kept = servers.TryGetValue(address.Authority, out var known) ? known : servers[address.Authority] = [];
        foreach (var cookie in cookies)
        {
            var (name, value) = Split(cookie.Split(';', 2)[0]);
            if (value.Length > 0)
            {
                kept[name] = value;
            }
            else
            {
                kept.Remove(name);
            }
        }
    }

    public void Send(HttpRequestMessage request)
    {
        if (Of(request.RequestUri!) is { Length: > 0 } header)
        {
            request.Headers.Add("Cookie", header);
        }
    }

    public string Of(Uri address) =>
        servers.TryGetValue(address.Authority, out var cookies) ? string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")) : "";

    private static (string Name, string Value) Split(string cookie) =>
        (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)].Trim(), cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
}
