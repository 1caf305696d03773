using Microsoft.AspNetCore.Authentication.Cookies;

namespace EmbedStack.Api.Identity;

internal static class SessionCookieOptions
{
    public static void Apply(CookieAuthenticationOptions options, SessionTicketStore store, SessionLimits limits)
    {
        options.SessionStore = store;
        options.EventsType = typeof(SessionValidation);
        options.ExpireTimeSpan = limits.Idle;
        options.SlidingExpiration = true;
        options.Cookie.Name = IdentityExtensions.SessionCookie;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        // Strict would not come along on the way back from Keycloak.
        options.Cookie.SameSite = SameSiteMode.Lax;
    }
}
