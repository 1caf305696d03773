using System.Net.Http.Headers;

namespace EmbedStack.Api.Identity.Bearer;

/// <summary>How a caller shows an access token: <c>Authorization: Bearer</c> on <c>/api</c>, once, and nothing else.</summary>
internal static class BearerRequest
{
    private const string Scheme = "Bearer";
    private const int LongestToken = 8 * 1024;

    /// <summary>Whether a request is to be judged by its <c>Authorization</c> header and not by a session.</summary>
    public static bool Is(HttpRequest request) => HasCredentials(request) && request.Path.StartsWithSegments("/api");

    public static bool HasCredentials(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <returns>The token, or null where the header holds something else.</returns>
    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization is [{ Length: <= LongestToken } header]
        && AuthenticationHeaderValue.TryParse(header, out var value)
        && string.Equals(value.Scheme, Scheme, StringComparison.OrdinalIgnoreCase)
        && value.Parameter is { Length: > 0 } token
        && token.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '~' or '+' or '/' or '=')
            ? token
            : null;
}
