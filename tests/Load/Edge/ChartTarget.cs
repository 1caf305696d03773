using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.ServiceDefaults.Jobs;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbedStack.Load.Edge;

/// <summary>An origin that answers charts, who looks at it, and what their pages send.</summary>
internal sealed record ChartTarget(string Name, Uri Origin, IReadOnlyList<Viewer> Viewers, IReadOnlyList<ChartQuestion> Charts)
{
    private const string Dashboard = "clinic";

    /// <summary>Joins the recorded queries with this installation's numbers, which the page reads first as well.</summary>
    /// <param name="name">What it is called in the report.</param>
    /// <param name="origin">Where pages ask.</param>
    /// <param name="viewers">Who looks.</param>
    /// <param name="assets">The folder of the recorded dashboards.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<ChartTarget> ReadAsync(string name, Uri origin, IReadOnlyList<Viewer> viewers, string assets, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = origin, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Add("X-GuestToken", viewers[0].Token);
        var yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        var uuid = yaml.Deserialize<CatalogFile>(await File.ReadAllTextAsync(Path.Combine(assets, "catalog.yaml"), cancellation))
            .Dashboards.Single(entry => entry.Key == Dashboard).Uuid;
        var dashboard = (await GetAsync(client, $"api/v1/dashboard/{uuid}", cancellation)).GetProperty("id").GetInt32();
        var placed = (await GetAsync(client, $"api/v1/dashboard/{dashboard}/charts", cancellation)).EnumerateArray()
            .ToDictionary(chart => chart.GetProperty("slice_name").GetString()!);
        var charts = Directory.EnumerateFiles(Path.Combine(assets, "charts", Dashboard), "*.yaml").Order()
            .Select(file => yaml.Deserialize<ChartFile>(File.ReadAllText(file)))
            .Select(file => Question(file, placed[file.SliceName], dashboard))
            .ToArray();
        return new ChartTarget(name, origin, viewers, charts);
    }

    /// <summary>One chart's request.</summary>
    public HttpRequestMessage Ask(Viewer viewer, ChartQuestion chart)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Origin, chart.Target)) { Content = new ByteArrayContent(chart.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GuestToken", viewer.Token);
        request.Headers.Add("Accept-Encoding", "gzip, deflate, br");
        return request;
    }

    private static ChartQuestion Question(ChartFile file, JsonElement chart, int dashboard)
    {
        var (number, dataset) = (chart.GetProperty("id").GetInt32(), chart.GetProperty("form_data").GetProperty("datasource").GetString()!);
        var body = JsonNode.Parse(file.QueryContext)!.AsObject();
        body["datasource"]!["id"] = int.Parse(dataset.Split('_')[0], System.Globalization.CultureInfo.InvariantCulture);
        var formData = body["form_data"]!.AsObject();
        (formData["slice_id"], formData["chart_id"], formData["dashboardId"], formData["datasource"]) = (number, number, dashboard, dataset);
        return new ChartQuestion(
            file.SliceName, $"api/v1/chart/data?form_data=%7B%22slice_id%22%3A{number}%7D&dashboard_id={dashboard}", JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<JsonElement>(text).GetProperty("result")
            : throw new JobException($"{client.BaseAddress}{path} answered {(int)answer.StatusCode}: {text[..Math.Min(text.Length, 200)]}");
    }

    private sealed class CatalogFile
    {
        public List<CatalogEntry> Dashboards { get; init; } = [];
    }

    private sealed class CatalogEntry
    {
        public string Key { get; init; } = "";

        public string Uuid { get; init; } = "";
    }

    private sealed class ChartFile
    {
        public string SliceName { get; init; } = "";

        public string QueryContext { get; init; } = "";
    }
}
