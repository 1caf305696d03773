using EmbedStack.Api.Secrets;

namespace EmbedStack.Api.GuestTokens;

internal sealed class AssertionSigner(SecretFile key, GuestTokenSettings settings, TimeProvider time)
{
    // Beyond the token's own life, for clocks and the way to Superset.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(1);

    /// <summary>Another one once assertions are signed under another key.</summary>
    public string Generation => SigningSecret.GenerationOf(key);

    /// <returns>The assertion, and when it says that it was signed.</returns>
    public (string Assertion, DateTimeOffset SignedAt) Sign(GuestTokenGrant grant)
    {
        var signedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var assertion = new Assertion
        {
            IssuedAt = signedAt.ToUnixTimeMilliseconds() / 1000m,
            ExpiresAt = (signedAt + settings.Lifetime + Leeway).ToUnixTimeSeconds(),
            Id = Guid.NewGuid(),
            SessionId = grant.Person.SessionId,
            Identity = grant.Person.DataIdentity,
            Store = AssertionStore.Of(grant.Person.Tenant),
            Dashboards = [.. grant.Dashboards.Select(dashboard => dashboard.EmbeddedUuid)],
            RulesSha256 = RulesDigest.Of(grant.Rules),
            // Others meet no condition.
            Attributes = grant.Person.Attributes.Where(attribute => RuleValue.IsAllowed(attribute.Value)).ToDictionary(),
            Tier = grant.Tier,
        };
        return (JsonWebSignature.Sign(assertion, key.Value.Current), signedAt);
    }
}
