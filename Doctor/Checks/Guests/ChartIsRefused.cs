using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;

namespace EmbedStack.Doctor.Checks.Guests;

internal sealed class ChartIsRefused() : StackCheck(
    "chart-refused",
    "Some charts say that their datasource needs access, or that they may not be shown; others are drawn.",
    "The request lacks the dashboard it is for, asks what is not stored with the chart, or its dataset is not the dashboard's.",
    "Record the dashboard again (./embedstack dashboard record KEY) and re-run bootstrap; see Superset's log for the chart's number.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var contents = await stack.Contents;
        List<string> seen = [];
        foreach (var mint in await stack.Guests.WithTokensAsync())
        {
            await Readable.EnsureAsync(stack, mint);
            var id = contents.Published.FirstOrDefault(published => published.Kind == "dashboard" && published.Key == mint.Key)?.Id;
            foreach (var chart in contents.Charts.Where(chart => chart.DashboardId == id && !string.IsNullOrWhiteSpace(chart.QueryContext)))
            {
                var answer = await AskAsync(stack, mint, chart);
                if (answer.Status != 200)
                {
                    seen.Add($"'{chart.Name}' of '{mint.Key}' was answered {answer.Status} {answer.Problem}".TrimEnd());
                }
            }
        }

        return Verdict.Of(seen);
    }

    // As the page asks: the stored query, of this chart on this dashboard. Past what is kept, which would hide what is wrong.
    private static async Task<Reply> AskAsync(StackPatient stack, Mint mint, StoredChart chart)
    {
        JsonObject question;
        try
        {
            question = JsonNode.Parse(chart.QueryContext!)!.AsObject();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return new Reply(chart.Name, 400, "", Array.Empty<string>().ToLookup(name => name));
        }

        var form = question["form_data"] as JsonObject ?? [];
        (form["slice_id"], form["dashboardId"], form["force"], question["force"]) = (chart.Id, chart.DashboardId, true, true);
        question["form_data"] = form.Parent is null ? form : question["form_data"]!.DeepClone();
        return await stack.Embed.PostAsync(
            $"api/v1/chart/data?form_data=%7B%22slice_id%22%3A{chart.Id}%7D&dashboard_id={chart.DashboardId}&force=true", JsonContent.Create(question), mint.Shown);
    }
}
