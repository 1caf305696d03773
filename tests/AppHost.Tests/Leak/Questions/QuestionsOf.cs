using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Stored;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Everything that a role may ask on a dashboard.</summary>
internal static class QuestionsOf
{
    private static readonly string[] Drilling = ["admin", "clinician"];
    private static readonly string[] Exporting = ["admin", "network"];

    public static IEnumerable<Question> Dashboard(StoredDashboards stored, string dashboard, string role)
    {
        var charts = stored.ChartsOf(dashboard).ToArray();
        return charts.Select(Question (chart) => new QueryQuestion(QuestionKind.Chart, chart.Name, dashboard, chart.Dataset, chart.Request))
            .Concat(stored.FiltersOf(dashboard).Select(Question (filter) => new QueryQuestion(QuestionKind.FilterValues, $"values of {filter.Name}", dashboard, filter.Dataset, filter.Request)))
            .Concat(Drilling.Contains(role) ? Drills(stored, dashboard, charts) : [])
            .Concat(Exporting.Contains(role) ? charts.Select(Question (chart) => new ExportQuestion(chart, stored.Datasets[chart.Dataset])) : [])
            .Concat(Exporting.Contains(role) ? Spreadsheets(stored, charts) : []);
    }

    // Of each dataset a table of figures: days are written in another way there.
    private static IEnumerable<Question> Spreadsheets(StoredDashboards stored, StoredChart[] charts) =>
        charts.Where(chart => chart.VizType == "table" && chart.Request()["queries"]![0]!["metrics"] is JsonArray { Count: > 0 }).DistinctBy(chart => chart.Dataset)
            .Select(Question (chart) => new ExportQuestion(chart, stored.Datasets[chart.Dataset], "xlsx"));

    /// <summary>One question of each kind about a dataset.</summary>
    public static IEnumerable<Question> Dataset(StoredDashboards stored, string dataset, string role) =>
        About(stored, dataset, role).DistinctBy(question => question.Kind);

    /// <summary>All about a dataset, on whichever dashboard.</summary>
    public static IEnumerable<Question> About(StoredDashboards stored, string dataset, string role) =>
        Entitlements.DashboardsOf(role)
            .Where(stored.Keys.Contains)
            .SelectMany(dashboard => Dashboard(stored, dashboard, role))
            .Where(question => question.Dataset == dataset);

    /// <summary>A chart, drilled by a column and as a file: what a role may ask of it, each once.</summary>
    public static IEnumerable<Question> Chart(StoredDashboards stored, StoredChart chart, string role)
    {
        yield return new QueryQuestion(QuestionKind.Chart, chart.Name, chart.Dashboard, chart.Dataset, chart.Request);
        if (Drilling.Contains(role) && stored.Datasets[chart.Dataset].Groupable.Order(StringComparer.Ordinal).FirstOrDefault() is { } column)
        {
            yield return new QueryQuestion(QuestionKind.DrillBy, $"{chart.Name} by {column}", chart.Dashboard, chart.Dataset, force => DrillBy.Request(chart, column, force));
        }

        if (Exporting.Contains(role))
        {
            yield return new ExportQuestion(chart, stored.Datasets[chart.Dataset]);
        }
    }

    private static IEnumerable<Question> Drills(StoredDashboards stored, string dashboard, StoredChart[] charts)
    {
        // Rows behind a chart that filters by itself may be asked with its filter only.
        foreach (var dataset in charts.Where(chart => !chart.HasFilters).Select(chart => chart.Dataset).Distinct().Where(DetailQuestion.IsShown))
        {
            yield return new DetailQuestion(dashboard, stored.IdOf(dashboard), stored.Datasets[dataset]);
            yield return new DetailQuestion(dashboard, stored.IdOf(dashboard), stored.Datasets[dataset], page: 2);
        }

        // Charts of the same figures ask the same by another column.
        foreach (var chart in charts.DistinctBy(chart => (chart.Dataset, chart.Request()["queries"]![0]!["metrics"]?.ToJsonString())))
        {
            foreach (var column in stored.Datasets[chart.Dataset].Groupable.Order(StringComparer.Ordinal))
            {
                yield return new QueryQuestion(QuestionKind.DrillBy, $"{chart.Name} by {column}", dashboard, chart.Dataset, force => DrillBy.Request(chart, column, force));
            }
        }
    }
}
