using System.Text.RegularExpressions;

namespace EmbedStack.Databases.Tests.Reading;

/// <summary>How Postgres reads what charts ask, rules in the text and policies beneath.</summary>
public partial class PlanTests(Databases databases)
{
    private const string OwnClinic = "tenant_id = 'northside'";
    private const string OwnStaff = "staff_id = 'northside-02'";
    private const string Assigned =
        "patient_id IN (SELECT a.patient_id FROM staff_assignments a WHERE a.tenant_id = 'northside' AND a.staff_id = 'northside-02')";

    private const string Spring =
        "starts_at >= TO_TIMESTAMP('2026-08-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') AND starts_at < TO_TIMESTAMP('2026-10-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US')";

    // As Superset writes a range: a function of the clock's zone on a timestamp, to_date on a date.
    [Theory]
    [InlineData("appointment_facts", "appointments", Spring, "admin", OwnClinic)]
    [InlineData("appointment_facts", "appointments", Spring, "clinician", $"{OwnClinic} AND {OwnStaff} AND {Assigned}")]
    [InlineData("appointment_facts", "appointments", Spring, "staff", OwnClinic)]
    [InlineData("revenue_facts", "invoices", "invoiced_on >= TO_DATE('2026-08-01', 'YYYY-MM-DD') AND invoiced_on < TO_DATE('2026-10-01', 'YYYY-MM-DD')", "admin", OwnClinic)]
    [InlineData("revenue_facts", "invoices", "invoiced_on >= TO_DATE('2026-08-01', 'YYYY-MM-DD') AND invoiced_on < TO_DATE('2026-10-01', 'YYYY-MM-DD')", "clinician", $"{OwnClinic} AND {OwnStaff}")]
    [InlineData("staff_utilisation", "shifts", "worked_on >= TO_DATE('2026-08-01', 'YYYY-MM-DD') AND worked_on < TO_DATE('2026-10-01', 'YYYY-MM-DD')", "clinician", $"{OwnClinic} AND {OwnStaff}")]
    [InlineData("outcome_facts", "outcomes", "recorded_on >= TO_DATE('2026-08-01', 'YYYY-MM-DD') AND recorded_on < TO_DATE('2026-10-01', 'YYYY-MM-DD')", "clinician", $"{OwnClinic} AND {Assigned}")]
    public async Task ARangeOfTimeReadsItsMonthsAlone(string view, string table, string range, string role, string rule)
    {
        var plan = await PlanAsync(role, $"SELECT COUNT(*) FROM {view} WHERE {range} AND ({rule})");
        Assert.Equal([$"{table}_2026_08", $"{table}_2026_09"], Partitions(plan, table));
    }

    [Fact]
    public async Task ClaimsAreReadOnceAQuery()
    {
        var plan = await PlanAsync("clinician", "SELECT COUNT(*) FROM outcome_facts");
        Assert.DoesNotMatch(@"Filter:.*current_setting", plan.Replace("InitPlan", "", StringComparison.Ordinal));
        Assert.Contains("hashed SubPlan", plan);
    }

    private async Task<string> PlanAsync(string role, string query)
    {
        await using var reader = await databases.OpenReaderAsync("northside", role, role == "clinician" ? "northside-02" : null);
        return string.Join('\n', await reader.ListAsync<string>($"explain (analyze, costs off, timing off, summary off) {query}"));
    }

    private static IEnumerable<string> Partitions(string plan, string table) =>
        Partition().Matches(plan).Select(match => match.Value).Where(name => name.StartsWith(table, StringComparison.Ordinal)).Distinct().Order();

    [GeneratedRegex(@"\b[a-z]+_\d{4}_\d{2}\b")]
    private static partial Regex Partition();
}
