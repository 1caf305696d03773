using System.Security.Cryptography;
using System.Text;

namespace EmbedStack.ClinicData.Stores;

/// <summary>What stands in a schema, and in what order it is made: tables, rows, the rest.</summary>
/// <param name="Tables">Files run before the rows come.</param>
/// <param name="Partitioned">Tables that have a partition a month.</param>
/// <param name="Indexes">Files whose statements do not depend on one another.</param>
/// <param name="Wall">Files run after the rows: policies, views, grants.</param>
internal sealed record StoreDefinition(
    IReadOnlyList<string> Tables, IReadOnlyList<string> Partitioned, IReadOnlyList<string> Indexes, IReadOnlyList<string> Wall)
{
    /// <summary>The rows of clinics.</summary>
    public static readonly StoreDefinition Clinic = new(
        ["clinic_tables.sql", "benchmarks_table.sql"],
        ["appointments", "invoices", "payments", "shifts", "outcomes"],
        ["clinic_indexes.sql", "clinic_references.sql"],
        ["clinic_policies.sql", "force_policies.sql", "clinic_views.sql", "clinic_grants.sql"]);

    /// <summary>The figures of all clinics.</summary>
    public static readonly StoreDefinition Network = new(
        ["network_tables.sql", "benchmarks_table.sql"],
        [],
        [],
        ["network_policies.sql", "force_policies.sql", "network_grants.sql"]);

    /// <summary>Files that count: what they made stands in every schema, the smallest groups of a benchmark with it.</summary>
    public static readonly IReadOnlyList<string> Figures = ["daily_figures.sql", "monthly_figures.sql", "network_average.sql"];

    /// <summary>All that a schema is made by.</summary>
    public IEnumerable<string> Files => [.. Tables, .. Indexes, .. Wall, .. Figures];

    /// <summary>Changes with the files.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(Files.Select(SqlFiles.Read)) + string.Join(',', Partitioned))));

    public static StoreDefinition Of(Store store) => store == Store.Network ? Network : Clinic;
}
