using System.Collections.Frozen;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Revocations;

/// <summary>All revocations at one moment.</summary>
internal sealed class RevocationSet
{
    private readonly FrozenSet<(string Kind, string Value)> _standing;
    private readonly FrozenSet<string> _sessions;

    public RevocationSet(IReadOnlyList<Revocation> revocations)
    {
        _standing = revocations.Where(revocation => revocation.ExpiresAt is null)
            .Select(revocation => (revocation.Kind, revocation.Value)).ToFrozenSet();
        _sessions = revocations.Where(revocation => revocation.Kind == RevocationKind.Session)
            .Select(revocation => revocation.Value).ToFrozenSet(StringComparer.Ordinal);
        Latest = revocations.Select(revocation => revocation.RevokedAt).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }

    /// <summary>When the last one came: what was made before may not be handed out again.</summary>
    public DateTimeOffset Latest { get; }

    /// <summary>The global switch: nothing is embedded.</summary>
    public bool IsEverythingRevoked => _standing.Contains((RevocationKind.All, RevocationKind.Everything));

    public bool IsDashboardRevoked(string key) => _standing.Contains((RevocationKind.Dashboard, key));

    /// <returns>Why this person gets nothing, or null. A session that was ended never comes back.</returns>
    public Problem? Refuse(Person person) =>
        _standing.Contains((RevocationKind.Person, person.Subject)) ? Problems.AccessWithdrawn
        : _sessions.Contains(SessionValue(person.SessionId)) ? Problems.NotSignedIn
        : _standing.Contains((RevocationKind.Tenant, person.Tenant.Key)) ? Problems.NoTenant
        : null;

    public static string SessionValue(Guid session) => session.ToString("D");
}
