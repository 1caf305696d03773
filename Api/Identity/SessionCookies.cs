namespace EmbedStack.Api.Identity;

/// <summary>Knows a session's cookies by the beginning of their names: the framework splits long ones, and takes names whatever their case.</summary>
internal static class SessionCookies
{
    public static bool AreSent(HttpRequest request) => request.Cookies.Keys.Any(name =>
        name.StartsWith(IdentityExtensions.SessionCookie, StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith(IdentityExtensions.SignInCookie, StringComparison.OrdinalIgnoreCase));
}
