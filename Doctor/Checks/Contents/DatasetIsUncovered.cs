using System.Text.Json.Nodes;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;

namespace EmbedStack.Doctor.Checks.Contents;

internal sealed class DatasetIsUncovered() : StackCheck(
    "uncovered-dataset",
    "The dashboard \"cannot be shown safely\": the mint answers 409.",
    "The dashboard reaches a dataset for which catalog.yaml has no rows: through a chart, a filter, or a role that sees nothing of it.",
    "Give the dataset its key and rows in catalog.yaml, name it with the dashboard, and re-run bootstrap; or take the chart or filter away.")
{
    protected override async Task<Verdict> ExamineAsync(StackPatient stack)
    {
        var contents = await stack.Contents;
        var known = contents.Published.Where(id => id.Kind == "dataset").ToDictionary(id => id.Id, id => id.Key);
        List<string> seen = [];
        foreach (var entry in stack.Facts.Catalogue)
        {
            var charts = contents.Charts.Where(chart => contents.Dashboards.Any(dashboard => dashboard.Uuid == entry.Uuid && dashboard.Id == chart.DashboardId));
            var filters = contents.Dashboards.Where(dashboard => dashboard.Uuid == entry.Uuid).Take(1).SelectMany(FilteredDatasets);
            var reached = charts.Select(chart => chart.DatasetId).Concat(filters).Distinct();
            var published = contents.Published.Where(id => id.Kind == "dashboard" && id.Key == entry.Key).SelectMany(id => id.Datasets);
            seen.AddRange(reached.Select(id => known.GetValueOrDefault(id) ?? $"number {id}").Concat(published).Distinct()
                .Where(dataset => !entry.Datasets.Contains(dataset) || !known.ContainsValue(dataset))
                .Order(StringComparer.Ordinal)
                .Select(dataset => $"'{entry.Key}' reaches the dataset {dataset}, which catalog.yaml does not give it"));
        }

        return Verdict.Of([
            .. seen,
            .. (await RefusedAsync(stack)).Where(key => !seen.Any(line => line.StartsWith($"'{key}'", StringComparison.Ordinal)))
                .Select(key => $"the Api mints nothing for '{key}': a role's rows are missing"),
        ]);
    }

    // What the mint says is asked as well, where it can be.
    private static async Task<IEnumerable<string>> RefusedAsync(StackPatient stack)
    {
        try
        {
            return (await stack.Guests.Mints).Where(mint => mint.Answer.Problem == "uncovered-dataset").Select(mint => mint.Key);
        }
        catch (NotExaminedException)
        {
            return [];
        }
    }

    private static IEnumerable<int> FilteredDatasets(StoredDashboard dashboard)
    {
        var filters = JsonNode.Parse(string.IsNullOrWhiteSpace(dashboard.Metadata) ? "{}" : dashboard.Metadata)?["native_filter_configuration"]?.AsArray() ?? [];
        return from filter in filters
               from target in filter?["targets"]?.AsArray() ?? []
               where target?["datasetId"] is JsonValue
               select (int)target!["datasetId"]!;
    }
}
