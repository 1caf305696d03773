using System.Security.Cryptography;
using System.Text.Json;

namespace EmbedStack.Api.GuestTokens;

/// <summary>
/// Names a token by all that it and its assertion say, so that whatever is decided otherwise since is another token. The session
/// is part of it: Superset refuses those that were ended.
/// </summary>
internal static class GuestTokenKey
{
    /// <returns>A hash, in hexadecimal.</returns>
    public static string Of(GuestTokenGrant grant)
    {
        var person = grant.Person;
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes<object?[]>(
        [
            person.SessionId, person.Subject, person.DataIdentity, AssertionStore.Of(person.Tenant), RulesDigest.Of(grant.Rules), grant.Tier,
            grant.Dashboards.Select(dashboard => dashboard.EmbeddedUuid).ToArray(),
            person.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).ToArray(),
        ])));
    }
}
