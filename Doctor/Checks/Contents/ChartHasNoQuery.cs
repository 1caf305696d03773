using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Contents;

internal sealed class ChartHasNoQuery() : Check(
    "chart-without-query",
    "A chart says \"Guest user cannot modify chart payload\", or that it may not be shown.",
    "The chart has no stored query to compare the guest's with: it was imported or made by the API and never saved in Explore.",
    "Open the chart in Explore and save it; here: ./embedstack dashboard record KEY.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient) => Verdict.Of(
        from dashboard in await patient.Dashboards
        from chart in dashboard.Charts
        where string.IsNullOrWhiteSpace(chart.QueryContext)
        select $"'{chart.Name}' of '{dashboard.Key}' has no query_context");
}
