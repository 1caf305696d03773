using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What a guest token is to say, however it is made.</summary>
internal sealed record GuestTokenGrant(Person Person, IReadOnlyList<Dashboard> Dashboards, IReadOnlyList<RowRule> Rules)
{
    /// <summary>What the guest may do with them besides looking.</summary>
    public IReadOnlyList<string> Tier { get; init; } = Tiers.Of(Person.Role);

    /// <summary>The Api's own statement about it, once it is signed.</summary>
    public string Assertion { get; init; } = "";
}
