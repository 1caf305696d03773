namespace EmbedStack.Api.GuestTokens;

/// <summary>The service account's login: its access token, and the CSRF token with the cookie that belongs to it.</summary>
internal sealed record SupersetLogin(string AccessToken, string CsrfToken, string Cookie, DateTimeOffset At)
{
    public override string ToString() => "***";
}
