namespace EmbedStack.Api.Identity;

/// <summary>The few claims that a ticket holds. Tenant and role are none of them: they are asked for anew.</summary>
internal static class SessionClaims
{
    public const string Subject = "sub";
    public const string Name = "name";
    public const string KeycloakSession = "sid";
}
