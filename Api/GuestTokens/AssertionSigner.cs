using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Secrets;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

internal sealed class AssertionSigner(SecretFile key, TimeProvider time)
{
    // The token's five minutes, and one for clocks and the way to Superset.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(360);

    public string Sign(Person person, IEnumerable<Dashboard> dashboards, IEnumerable<RowRule> rules)
    {
        var now = time.GetUtcNow();
        var assertion = new Assertion
        {
            IssuedAt = now.ToUnixTimeMilliseconds() / 1000m,
            ExpiresAt = (now + Lifetime).ToUnixTimeSeconds(),
            Id = Guid.NewGuid(),
            SessionId = person.SessionId,
            Identity = person.DataIdentity,
            Store = AssertionStore.Of(person.Tenant),
            Dashboards = [.. dashboards.Select(dashboard => dashboard.EmbeddedUuid)],
            RulesSha256 = RulesDigest.Of(rules),
            Tier = Tiers.Of(person.Role),
        };
        return JsonWebSignature.Sign(assertion, key.Value.Current);
    }
}
