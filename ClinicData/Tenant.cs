namespace EmbedStack.ClinicData;

/// <summary>One entry of tenants.yaml.</summary>
internal sealed class Tenant
{
    public string Key { get; set; } = "";

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Isolation { get; set; } = "";

    /// <summary>The colour of the app for its people, <c>#rrggbb</c>; empty for the product's own.</summary>
    public string Accent { get; set; } = "";

    /// <summary>Names of the first of the generated staff, by commas.</summary>
    public string Staff { get; set; } = "";

    public IReadOnlyList<string> StaffNames => Staff.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
