using System.Text.Json;
using EmbedStack.Authoring.Assets;

namespace EmbedStack.Authoring.Tests;

/// <summary>A small dashboard, in the form in which Superset exports one.</summary>
internal static class Sample
{
    public const string Key = "visits";

    public static readonly Guid Dashboard = Guid.Parse("00000000-0000-4000-8000-0000000000da");
    public static readonly Guid Chart = Guid.Parse("00000000-0000-4000-8000-0000000000c1");
    public static readonly Guid Other = Guid.Parse("00000000-0000-4000-8000-0000000000c2");
    public static readonly Guid Dataset = Guid.Parse("00000000-0000-4000-8000-00000000000d");

    public const string DashboardFile = "dashboards/visits.yaml";
    public const string ChartFile = "charts/visits/by_month.yaml";
    public const string OtherFile = "charts/visits/staff.yaml";
    public const string DatasetFile = "datasets/clinic/visit_facts.yaml";

    public static string DashboardText(params Guid[] charts) =>
        $"dashboard_title: Visits\nuuid: {Dashboard}\nposition:\n{string.Concat(charts.Select(chart => $"  CHART-{chart:N}:\n    meta:\n      uuid: {chart}\n"))}";

    public static string ChartText(Guid chart, string title) => $"slice_name: {title}\nuuid: {chart}\ndataset_uuid: {Dataset}\n";

    public static string DatasetText(string description = "Visits.") => $"table_name: visit_facts\ndescription: {description}\nuuid: {Dataset}\n";

    /// <summary>The files of the dashboard with both charts.</summary>
    public static Dictionary<string, string> Files() => new()
    {
        [DashboardFile] = DashboardText(Chart, Other),
        [ChartFile] = ChartText(Chart, "By month"),
        [OtherFile] = ChartText(Other, "Staff"),
        [DatasetFile] = DatasetText(),
    };

    /// <summary>What Superset answers, by UUID; unchanged unless told otherwise.</summary>
    public static Dictionary<Guid, string> Answer() => new()
    {
        [Dashboard] = DashboardText(Chart, Other),
        [Chart] = ChartText(Chart, "By month"),
        [Other] = ChartText(Other, "Staff"),
        [Dataset] = DatasetText(),
    };

    public static Export Exported(Dictionary<Guid, string> answer) =>
        Export.Read(Dashboard, JsonSerializer.SerializeToElement(answer.ToDictionary(text => text.Key.ToString(), text => text.Value)));
}
