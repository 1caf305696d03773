namespace EmbedStack.Api.Revocations;

/// <summary>What can be revoked. All but persons and tokens of ours stand in <c>shared.revocations</c>, where Superset reads them too.</summary>
internal static class RevocationKind
{
    public const string Person = "person";

    /// <summary>A person within one tenant, as that tenant's administrators refuse one.</summary>
    public const string Member = "member";

    public const string Session = "session";
    public const string Tenant = "tenant";

    /// <summary>A tenant that was disabled, as the database tells: nothing but enabling it lifts that, and nothing else with it.</summary>
    public const string TenantSwitch = "tenant_switch";

    public const string Dashboard = "dashboard";
    public const string All = "all";

    /// <summary>One token that a browser shows at the edge, by its id: ours by its grant, another issuer's by <see cref="RevocationSet.IssuersTokenValue"/>.</summary>
    public const string Token = "token";

    /// <summary>The value that goes with <see cref="All"/>.</summary>
    public const string Everything = "*";
}
