namespace EmbedStack.Doctor.Checks.Guests;

/// <summary>What each of the guests' roles is made of; <c>embedstack/security/roles.py</c> says the same, and gives it to them.</summary>
internal static class GuestPermissions
{
    private static readonly string[] Accesses = ["datasource_access ", "database_access ", "schema_access ", "catalog_access "];

    public static IReadOnlyDictionary<string, IReadOnlySet<string>> ByRole { get; } = new Dictionary<string, IReadOnlySet<string>>
    {
        ["EmbedViewer"] = Set("can_read on Dashboard", "can_read on Chart", "can_read on CurrentUserRestApi", "can_time_range on Api"),
        ["EmbedTable"] = Set("can_view_chart_as_table on Dashboard"),
        ["EmbedDrill"] = Set("can_drill on Dashboard", "can_samples on Datasource", "can_get_drill_info on Dataset", "can_write on ExploreFormDataRestApi"),
        ["EmbedExporter"] = Set("can_csv on Superset"),
        ["Public"] = Set(),
    };

    /// <summary>Whether a permission opens data by itself, whatever the dashboard.</summary>
    public static bool OpensData(string permission) =>
        permission.StartsWith("all_", StringComparison.Ordinal)
        || Accesses.Any(access => permission.StartsWith(access, StringComparison.Ordinal));

    private static HashSet<string> Set(params string[] permissions) => [.. permissions];
}
