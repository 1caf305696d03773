using EmbedStack.Api.Dashboards;
using EmbedStack.Api.GuestTokens;

namespace EmbedStack.Api.Edge.Exchange;

/// <summary>
/// Whom a request at the edge comes from: verified for this very request, with the entitlements and rules that hold now.
/// </summary>
/// <param name="grant">Who, which dashboards, and the rules for every dataset of them.</param>
internal sealed class EdgeGuest(GuestTokenGrant grant)
{
    public GuestTokenGrant Grant => grant;

    public Guid Sid => grant.Person.SessionId;

    public string Subject => grant.Person.Subject;

    /// <summary>The tenant's key.</summary>
    public string Tenant => grant.Person.Tenant.Key;

    public string Role => grant.Person.Role;

    public IReadOnlyList<Dashboard> Dashboards => grant.Dashboards;

    /// <summary>The dashboard of this key, if it is one of the guest's.</summary>
    public Dashboard? Dashboard(string? key) => grant.Dashboards.FirstOrDefault(dashboard => dashboard.Key == key);

    /// <summary>The dataset, if one of the guest's dashboards has it: what else a guest names is not written down.</summary>
    public string? Dataset(string? key) =>
        key is not null && grant.Dashboards.Any(dashboard => dashboard.Datasets.Contains(key)) ? key : null;

    /// <summary>What the guest may do besides looking.</summary>
    public IReadOnlyList<string> Tier => grant.Tier;

    /// <summary>
    /// Equal exactly for guests who see the same rows: the same identity, through the same rules, in the same database and
    /// schema. None of its parts can hold a space.
    /// </summary>
    public string DataIdentity { get; } = Identify(grant);

    private static string Identify(GuestTokenGrant grant)
    {
        var store = AssertionStore.Of(grant.Person.Tenant);
        return $"{grant.Person.DataIdentity} {store.Kind} {store.Database} {store.Schema} {RulesDigest.Of(grant.Rules)}";
    }
}
