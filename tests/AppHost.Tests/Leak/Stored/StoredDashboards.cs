using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Stored;

/// <summary>Superset's stored dashboards, charts, filters and datasets, read once from its own database.</summary>
internal sealed class StoredDashboards
{
    private const string CatalogueSql = "select kind, key, id from shared.catalog_ids where kind in ('dashboard', 'dataset')";

    private const string ChartSql =
        """
        select chart.id, placed.dashboard_id, chart.datasource_id, chart.slice_name, chart.viz_type, chart.query_context
        from slices chart join dashboard_slices placed on placed.slice_id = chart.id order by placed.dashboard_id, chart.slice_name
        """;

    private const string FilterSql = "select id, json_metadata from dashboards";

    private const string DatasetSql =
        """
        select t.id,
            (select array_agg(m.metric_name::text) from sql_metrics m where m.table_id = t.id),
            (select array_agg(c.column_name::text) from table_columns c where c.table_id = t.id and c.groupby),
            (select array_agg(array[named.name, coalesce(nullif(named.title, ''), named.name)] order by named.place) from (
                select metric_name::text as name, verbose_name::text as title, 1 as place from sql_metrics m where m.table_id = t.id
                union all
                select column_name, verbose_name, 2 from table_columns c where c.table_id = t.id) named)
        from tables t
        """;

    private static readonly Once<StoredDashboards> Known = new(stack => new StoredDashboards().LoadAsync(stack));

    private readonly Dictionary<int, string> dashboardKeys = [];
    private readonly Dictionary<int, string> datasetKeys = [];
    private readonly HashSet<int> periods = [];

    public List<StoredChart> Charts { get; } = [];

    public List<StoredFilter> Filters { get; } = [];

    public Dictionary<string, StoredDataset> Datasets { get; } = [];

    public IEnumerable<string> Keys => dashboardKeys.Values;

    public static Task<StoredDashboards> ReadAsync(StackFixture stack) => Known.OfAsync(stack);

    public int IdOf(string dashboard) => dashboardKeys.Single(entry => entry.Value == dashboard).Key;

    public IEnumerable<StoredChart> ChartsOf(string dashboard) => Charts.Where(chart => chart.Dashboard == dashboard);

    public IEnumerable<StoredFilter> FiltersOf(string dashboard) => Filters.Where(filter => filter.DashboardId == IdOf(dashboard));

    /// <summary>Whether readers choose a period.</summary>
    public bool HasPeriod(string dashboard) => periods.Contains(IdOf(dashboard));

    private async Task<StoredDashboards> LoadAsync(StackFixture stack)
    {
        await using var shared = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        await ForEachAsync(shared, CatalogueSql, row => (row.GetString(0) == "dashboard" ? dashboardKeys : datasetKeys)[row.GetInt32(2)] = row.GetString(1));
        await using var superset = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("superset-db"))!);
        await ForEachAsync(superset, DatasetSql, row => Add(new StoredDataset(
            row.GetInt32(0), datasetKeys.GetValueOrDefault(row.GetInt32(0), ""), Names(row.GetValue(1)), Names(row.GetValue(2)), Pairs(row.GetValue(3)))));
        await ForEachAsync(superset, ChartSql, row =>
        {
            var (dashboard, dataset) = (row.GetInt32(1), row.GetInt32(2));
            Charts.Add(new StoredChart(
                row.GetInt32(0), dashboard, dashboardKeys[dashboard], datasetKeys[dataset], dataset, row.GetString(3), row.GetString(4), row.GetString(5)));
        });
        await ForEachAsync(superset, FilterSql, row => AddFilters(row.GetInt32(0), JsonNode.Parse(row.GetString(1))!));
        return this;
    }

    private void Add(StoredDataset dataset) => Datasets[dataset.Key] = dataset;

    private void AddFilters(int dashboard, JsonNode metadata)
    {
        foreach (var filter in metadata["native_filter_configuration"]?.AsArray() ?? [])
        {
            if ((string?)filter!["filterType"] == "filter_time")
            {
                periods.Add(dashboard);
            }

            if ((string?)filter["filterType"] == "filter_select" && filter["targets"]![0]!["datasetId"] is { } dataset)
            {
                Filters.Add(new StoredFilter(
                    (string)filter["id"]!, (string)filter["name"]!, dashboard, datasetKeys[(int)dataset], (int)dataset, (string)filter["targets"]![0]!["column"]!["name"]!));
            }
        }
    }

    // As in Superset's own map, a column's title outranks that of a figure of the same name.
    private static Dictionary<string, string> Pairs(object value)
    {
        var pairs = (string[,])value;
        var titles = new Dictionary<string, string>();
        for (var row = 0; row < pairs.GetLength(0); row++)
        {
            titles[pairs[row, 0]] = pairs[row, 1];
        }

        return titles;
    }

    private static HashSet<string> Names(object value) => value is string[] names ? [.. names] : [];

    private static async Task ForEachAsync(NpgsqlDataSource source, string sql, Action<NpgsqlDataReader> read)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            read(reader);
        }
    }
}
