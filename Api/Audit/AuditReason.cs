namespace EmbedStack.Api.Audit;

/// <summary>Reasons of refusals that are no problem's slug.</summary>
internal static class AuditReason
{
    /// <summary>Somebody asked for what belongs to another tenant.</summary>
    public const string OtherTenant = "other-tenant";

    /// <summary>The person's role does not open this.</summary>
    public const string NotEntitled = "not-entitled";
}
