using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Edge.Exchange.Issuers;

/// <summary>
/// Makes guests of an issuer's tokens: of its claims a person like any other, with the role's dashboards, less what the
/// token takes away. A dataset without a rule is forbidden to such a guest, not only empty.
/// </summary>
internal sealed class IssuerGuests(
    IssuerSettings settings, IssuerTokens tokens, TenantDirectory tenants, CatalogueSource catalogue, RevocationSource revocations)
{
    private static readonly string[] Attributes = ["department", "region", "cost_center"];

    /// <exception cref="ProblemException">The token is none of the issuer's, or its holder gets nothing.</exception>
    public async ValueTask<EdgeGuest> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (await tokens.VerifyAsync(token, cancellationToken) is not { } claims
            || await PersonAsync(claims, cancellationToken) is not { } person
            || Names(claims, "permissions", Tiers.Of(person.Role)) is not { } tier || !tier.Contains(Tiers.View))
        {
            throw new ProblemException(Problems.NoGuestToken);
        }

        var (current, revoked) = (await catalogue.GetAsync(cancellationToken), revocations.Current);
        var issuedAt = IssuerTokens.Time(claims, "iat") ?? DateTimeOffset.UnixEpoch;
        if (IsRevoked(claims, revoked) || revoked.Refuse(person) is not null || revoked.IsEverythingRevoked || revoked.RefusesToken(person, [], issuedAt)
            || Names(claims, "dataset_ids", current.DatasetIds.Keys) is not { } datasets)
        {
            throw new ProblemException(Problems.NoGuestToken);
        }

        // The token is for all of them: one that is revoked leaves it the others.
        var dashboards = current.For(person).Where(dashboard => !revoked.RefusesToken(person, [dashboard.Key], issuedAt)).ToArray();
        var rules = datasets.Select(dataset => RowRules.For(person, [dataset], current)).OfType<IReadOnlyList<RowRule>>().SelectMany(rule => rule).ToArray();
        if (dashboards.Length == 0 || rules.Length == 0)
        {
            throw new ProblemException(Problems.Forbidden);
        }

        return new EdgeGuest(new GuestTokenGrant(person, dashboards, rules) { Tier = tier });
    }

    // What a revocation could not name could not be revoked: it counts as if it were.
    private bool IsRevoked(JsonElement claims, RevocationSet revoked) =>
        claims.TryGetProperty("jti", out _)
        && (Text(claims, "jti") is not { Length: > 0 and <= RevocationSet.LongestTokenId } id || revoked.IsIssuersTokenRevoked(settings.Issuer, id));

    private async ValueTask<Person?> PersonAsync(JsonElement claims, CancellationToken cancellationToken)
    {
        if (Value(claims, settings.TenantClaim) is not { } key || Value(claims, "role") is not { } role || !Roles.All.Contains(role)
            || await tenants.FindAsync(key, cancellationToken) is not { } tenant || (role == Roles.Network) != (tenant.Kind == TenantKind.Network))
        {
            return null;
        }

        var staff = role == Roles.Clinician ? Value(claims, "staff_id") : null;
        var attributes = Attributes.Where(name => claims.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null).ToDictionary(name => name, name => Value(claims, name));
        if ((role == Roles.Clinician && staff is null) || attributes.ContainsValue(null))
        {
            return null;
        }

        var subject = $"{settings.Issuer}\n{Text(claims, "sub") ?? Text(claims, "jti")}";
        return new Person(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject))), Id(subject), "", tenant, role, staff)
        {
            Attributes = attributes.ToDictionary(pair => pair.Key, pair => pair.Value!), IsIssuers = true,
        };
    }

    // RFC 9562, version 8.
    private static Guid Id(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80));
        return new Guid(bytes, bigEndian: true);
    }

    // What the token names of all; all where it names none; null where what it says is no list of names.
    private static string[]? Names(JsonElement claims, string name, IEnumerable<string> all)
    {
        if (!claims.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return [.. all];
        }

        return member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String)
            ? [.. all.Intersect(member.EnumerateArray().Select(one => one.GetString()!), StringComparer.Ordinal)]
            : null;
    }

    private static string? Value(JsonElement claims, string name) => Text(claims, name) is { } value && RuleValue.IsAllowed(value) ? value : null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
