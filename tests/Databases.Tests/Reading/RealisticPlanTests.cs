using System.Text.RegularExpressions;

namespace EmbedStack.Databases.Tests.Reading;

/// <summary>What Postgres chooses by itself at a realistic size: the indexes that rules use, in the months asked for.</summary>
public partial class RealisticPlanTests(SharedClinics databases) : IClassFixture<SharedClinics>
{
    private const string OwnStaff = "staff_id = 'newtown-02'";
    private const string Assigned =
        "patient_id IN (SELECT a.patient_id FROM staff_assignments a WHERE a.tenant_id = 'newtown' AND a.staff_id = 'newtown-02')";

    private const string NextDays = "days_ahead BETWEEN 0 AND 13";

    [Theory]
    [InlineData("appointment_facts", "appointments", "admin", "", "tenant_id")]
    [InlineData("appointment_facts", "appointments", "staff", "", "tenant_id")]
    [InlineData("appointment_facts", "appointments", "admin", NextDays, "days_ahead")]
    [InlineData("appointment_facts", "appointments", "clinician", $"{OwnStaff} AND {Assigned}", "staff_id")]
    [InlineData("revenue_facts", "invoices", "admin", "", "tenant_id")]
    [InlineData("revenue_facts", "invoices", "clinician", OwnStaff, "staff_id")]
    [InlineData("staff_utilisation", "shifts", "clinician", OwnStaff, "staff_id")]
    [InlineData("staff_utilisation", "shifts", "staff", NextDays, "days_ahead")]
    [InlineData("outcome_facts", "outcomes", "admin", "", "tenant_id")]
    [InlineData("outcome_facts", "outcomes", "clinician", Assigned, "tenant_id")]
    public async Task RulesAreReadByIndex(string view, string table, string role, string rule, string column)
    {
        var plan = await PlanAsync(role, view, OwnClinic(rule));
        Assert.True(!IsReadWhole(plan, table) && Regex.IsMatch(plan, $@"Index Cond: .*\b{column}\b"), plan);
    }

    [Fact]
    public async Task PoliciesAloneAreReadByIndexToo()
    {
        var plan = await PlanAsync("admin", "appointment_facts", "true");
        Assert.True(!IsReadWhole(plan, "appointments") && Regex.IsMatch(plan, @"Index Cond: \(+tenant_id = "), plan);
    }

    [Theory]
    [InlineData("appointment_facts", "appointments", "admin", "starts_at", "")]
    [InlineData("appointment_facts", "appointments", "clinician", "starts_at", $"{OwnStaff} AND {Assigned}")]
    [InlineData("revenue_facts", "invoices", "admin", "invoiced_on", "")]
    [InlineData("staff_utilisation", "shifts", "staff", "worked_on", "")]
    [InlineData("outcome_facts", "outcomes", "clinician", "recorded_on", Assigned)]
    public async Task ARangeOfTimeReadsItsMonthsByIndex(string view, string table, string role, string column, string rule)
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        var today = await server.ScalarAsync<DateOnly>("select reporting_day from clinic_load.loads");
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(-3);
        var range = $"{column} >= TO_DATE('{first:yyyy-MM-dd}', 'YYYY-MM-DD') AND {column} < TO_DATE('{first.AddMonths(2):yyyy-MM-dd}', 'YYYY-MM-DD')";

        var plan = await PlanAsync(role, view, $"{range} AND {OwnClinic(rule)}");

        Assert.Equal(
            [$"{table}_{first:yyyy_MM}", $"{table}_{first.AddMonths(1):yyyy_MM}"],
            Partition().Matches(plan).Select(match => match.Value).Where(name => name.StartsWith(table, StringComparison.Ordinal)).Distinct().Order());
        Assert.False(IsReadWhole(plan, table), plan);
    }

    // The months to come are empty: there a scan finds no row, nor one to leave out.
    private static bool IsReadWhole(string plan, string table) =>
        Regex.IsMatch(plan, $@"Seq Scan on {table}_[^\n]*(rows=[1-9]|\n\s+Filter:[^\n]*\n\s+Rows Removed)");

    private static string OwnClinic(string rule) => rule.Length == 0 ? "tenant_id = 'newtown'" : $"tenant_id = 'newtown' AND {rule}";

    private async Task<string> PlanAsync(string role, string view, string where)
    {
        await using var reader = await databases.OpenReaderAsync("newtown", role, role == "clinician" ? "newtown-02" : null);
        return string.Join('\n', await reader.ListAsync<string>(
            $"explain (analyze, costs off, timing off, summary off) SELECT COUNT(*) FROM {view} WHERE {where}"));
    }

    [GeneratedRegex(@"\b[a-z]+_\d{4}_\d{2}\b")]
    private static partial Regex Partition();
}
