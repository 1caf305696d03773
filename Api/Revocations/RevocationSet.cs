using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Revocations;

/// <summary>All revocations at one moment.</summary>
internal sealed class RevocationSet
{
    /// <summary>Characters that another issuer's name for a token may have.</summary>
    public const int LongestTokenId = 255;

    private readonly FrozenSet<(string Kind, string Value)> _standing;
    private readonly FrozenSet<string> _sessions;
    private readonly FrozenDictionary<(string Kind, string Value), DateTimeOffset> _until;

    public RevocationSet(IReadOnlyList<Revocation> revocations)
    {
        _standing = revocations.Where(revocation => revocation.ExpiresAt is null)
            .Select(revocation => (revocation.Kind, revocation.Value)).ToFrozenSet();
        _sessions = revocations.Where(revocation => revocation.Kind == RevocationKind.Session)
            .Select(revocation => revocation.Value).ToFrozenSet(StringComparer.Ordinal);
        _until = revocations.ToFrozenDictionary(
            revocation => (revocation.Kind, revocation.Value),
            revocation => revocation.ExpiresAt is null ? DateTimeOffset.MaxValue : revocation.RevokedAt);
    }

    /// <summary>The global switch: nothing is embedded.</summary>
    public bool IsEverythingRevoked => _standing.Contains((RevocationKind.All, RevocationKind.Everything));

    public bool IsTokenRevoked(Guid id) => _standing.Contains((RevocationKind.Token, id.ToString("D")));

    /// <summary>Whether one token of another issuer is, whenever it was issued.</summary>
    public bool IsIssuersTokenRevoked(string issuer, string id) => _until.ContainsKey((RevocationKind.Token, IssuersTokenValue(issuer, id)));

    public bool IsDashboardRevoked(string key) => _standing.Contains((RevocationKind.Dashboard, key));

    /// <returns>
    /// Why this person gets nothing, or null. A session that was ended never comes back; what stands for one where a
    /// caller shows a token is the same for good, and only tokens minted up to then are refused.
    /// </returns>
    public Problem? Refuse(Person person) =>
        _standing.Contains((RevocationKind.Person, person.Subject)) || _standing.Contains((RevocationKind.Member, MemberValue(person.Tenant.Key, person.Subject)))
            ? Problems.AccessWithdrawn
        : person.SessionId != BearerSession.IdOf(person.Subject) && _sessions.Contains(SessionValue(person.SessionId)) ? Problems.NotSignedIn
        : _standing.Contains((RevocationKind.Tenant, person.Tenant.Key)) || _standing.Contains((RevocationKind.TenantSwitch, person.Tenant.Key)) ? Problems.NoTenant
        : null;

    /// <summary>Whether the session has ended in which something was issued.</summary>
    public bool IsSessionEnded(Guid session, DateTimeOffset issuedAt) => _until.TryGetValue((RevocationKind.Session, SessionValue(session)), out var until) && issuedAt <= until;

    /// <summary>Whether a token is refused, as Superset decides it: by when its assertion was signed.</summary>
    public bool RefusesToken(Person person, IEnumerable<string> dashboards, DateTimeOffset signedAt) =>
        dashboards.Select(key => (RevocationKind.Dashboard, key))
            .Append((RevocationKind.Session, person.IsIssuers ? person.Subject : SessionValue(person.SessionId)))
            .Append((RevocationKind.Tenant, person.Tenant.Key))
            .Append((RevocationKind.TenantSwitch, person.Tenant.Key))
            .Append((RevocationKind.All, RevocationKind.Everything))
            .Any(named => _until.TryGetValue(named, out var until) && signedAt <= until);

    // No tenant's key has a slash.
    public static string MemberValue(string tenant, string subject) => $"{tenant}/{subject}";

    public static string SessionValue(Guid session) => session.ToString("D");

    /// <summary>By what one token of another issuer stands among revocations: issuers name their tokens as they like.</summary>
    public static string IssuersTokenValue(string issuer, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{id}")));
}
