using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;

namespace EmbedStack.Api.Tenancy;

/// <summary>Whom a verified session or token stands for: a person, or why it is nobody's.</summary>
internal sealed record Resolution(SignedIn SignedIn, Person? Person, Problem? Refusal)
{
    /// <summary>Of who is refused as well, where Keycloak names one that there is: so that its administrators hear of it.</summary>
    public string? Tenant { get; init; }

    public string? Role { get; init; }

    public AuditEvent About(AuditEvent happened) => happened with
    {
        Subject = SignedIn.Subject,
        SessionId = SignedIn.SessionId,
        Tenant = Tenant,
        Role = Role,
    };
}
