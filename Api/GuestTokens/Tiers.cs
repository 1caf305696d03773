using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.GuestTokens;

/// <summary>What a role may do with a dashboard besides looking at it.</summary>
internal static class Tiers
{
    public const string View = "view";
    private const string Table = "table";
    private const string Drill = "drill";
    public const string Export = "export";

    public static IReadOnlyList<string> Of(string role) => role switch
    {
        Roles.Admin => [View, Table, Drill, Export],
        Roles.Clinician => [View, Table, Drill],
        Roles.Staff => [View, Table],
        Roles.Network => [View, Table, Export],
        _ => [View],
    };
}
