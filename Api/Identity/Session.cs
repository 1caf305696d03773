using EmbedStack.Api.Audit;
using Microsoft.AspNetCore.Authentication;

namespace EmbedStack.Api.Identity;

/// <summary>A signed-in browser. Its id is opaque and stands in every guest token's assertion.</summary>
internal sealed record Session(Guid Id, string Subject, SessionTokens Tokens)
{
    private const string Parameter = "embedstack.session";

    /// <summary>The person's at the sign-in; null where there was none.</summary>
    public string? Tenant { get; init; }

    public string? Role { get; init; }

    /// <summary>The digest of what Keycloak said at the sign-in; null of sessions from before it was kept.</summary>
    public byte[]? Facts { get; init; }

    /// <summary>Whether Keycloak still says what it said at the sign-in.</summary>
    public bool IsOf(Introspection verdict) => verdict.Subject == Subject && (Facts is null || Facts.AsSpan().SequenceEqual(verdict.Digest()));

    public AuditEvent About(AuditEvent happened) => happened with { Subject = Subject, SessionId = Id, Tenant = Tenant, Role = Role };

    /// <summary>Hands the session on within the request, beside the ticket that it came with.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);

    public static Session? Of(AuthenticationProperties properties) => properties.GetParameter<Session>(Parameter);
}
