using System.Text.Json;
using EmbedStack.Load.Edge;

namespace EmbedStack.Load.Tests;

/// <summary>What <c>bench edge</c> writes is read by programs: its names and what they count.</summary>
public sealed class EdgeReportTests
{
    private static readonly Percentiles Some = Percentiles.Of([1, 2, 3]);

    [Fact]
    public async Task FileHasWhatIsComparedUnderItsName()
    {
        var report = await WriteAsync(
            Measured(EdgeReport.Stock, 100, 20), Measured(EdgeReport.Direct, 100, 15), Measured(EdgeReport.Edge, 1, 9), Measured(EdgeReport.Kestrel, 100, 9000),
            Measured(EdgeReport.Edge, 100, 4000) with { Errors = 2, Processes = [new ProcessUse("api", 1, 100, 150, 180), new ProcessUse("superset", 1, 300, 400, 500)] });

        var rates = report.GetProperty("charts_per_second");
        Assert.Equal([20, 15, 4000, 9000], ((string[])["superset", "without_edge", "edge", "kestrel"]).Select(name => rates.GetProperty(name).GetDouble()));
        Assert.Equal(200, report.GetProperty("ratio_to_superset").GetDouble());
        Assert.Equal(Some.P95, report.GetProperty("chart_p95_ms").GetDouble());
        Assert.Equal((2, 0), (report.GetProperty("errors").GetInt32(), report.GetProperty("wrong_rows").GetInt32()));
        Assert.Equal((150, 180), (report.GetProperty("api_memory_mb").GetDouble(), report.GetProperty("api_peak_memory_mb").GetDouble()));
    }

    [Fact]
    public async Task WrongRowsCountOnEverySide()
    {
        var report = await WriteAsync(Measured(EdgeReport.Stock, 100, 20) with { WrongRows = 1 }, Measured(EdgeReport.Edge, 100, 40) with { WrongRows = 2 });

        Assert.Equal(3, report.GetProperty("wrong_rows").GetInt32());
    }

    [Fact]
    public void KeptIsWhatWasAnsweredWithoutSuperset() => Assert.Equal(
        0.75, (Measured(EdgeReport.Edge, 1, 1) with { Sources = new Dictionary<string, long> { ["memory"] = 2, ["store"] = 1, ["superset"] = 1, ["refused"] = 6 } }).HitRatio);

    private static EdgeMeasurement Measured(string target, int viewers, double rate) => new(
        target, EdgeReport.Warm, viewers, Charts: 10, Errors: 0, WrongRows: 0, null, rate, Some, Some, UnfinishedPages: 0, GeneratorCores: 0, Seconds: 1, [], default, default);

    private static async Task<JsonElement> WriteAsync(params EdgeMeasurement[] measured)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "edge.json");
        await new EdgeReport(measured, TimeSpan.FromSeconds(1)).WriteAsync(file, TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
