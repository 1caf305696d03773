using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbedStack.Load.Edge;

/// <summary>The table, and the same as JSON.</summary>
internal sealed class EdgeReport(IReadOnlyList<EdgeMeasurement> measured, TimeSpan duration)
{
    public const string Stock = "stock Superset";
    public const string Direct = "EmbedStack without the edge's caches";
    public const string Edge = "EmbedStack through the edge";
    public const string Kestrel = "Kestrel, from memory";
    public const string Cold = "cold";
    public const string Warm = "warm";
    private const int Crowd = 100;

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"charts of the clinic dashboard",-38} {"caches",6} {"viewers",8} {"per s",8} {"× stock",8} {"chart p50",10} {"p95",8} {"p99",8} {"max ms",8} {"page p50",10} {"p95",9} {"p99 ms",9} {"kept %",7} {"errors",7} {"wrong",6}");
        foreach (var one in measured)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Target,-38} {one.State,6} {one.Viewers,8} {one.ChartsPerSecond,8:0.0} {Ratio(one),8:0.0} {one.ChartMilliseconds.P50,10:0} {one.ChartMilliseconds.P95,8:0} {one.ChartMilliseconds.P99,8:0} {one.ChartMilliseconds.Max,8:0} {Page(one, one.PageMilliseconds.P50),10} {Page(one, one.PageMilliseconds.P95),9} {Page(one, one.PageMilliseconds.P99),9} {one.HitRatio * 100,7:0.0} {one.Errors,7} {one.WrongRows,6}"));
        }

        output.WriteLine();
        output.WriteLine("What the processes used: seconds of processor, MB of their own at the end, resident (the most that each ever had)");
        foreach (var one in measured)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Target,-38} {one.State,6} {one.Viewers,8}  {one.Seconds:0.0} s: {string.Join(", ", one.Processes.Select(Text))}"));
        }

        output.WriteLine();
        output.WriteLine("× stock: charts a second as a multiple of stock Superset's with as many viewers and the same caches, in the same run.");
        output.WriteLine("cold: one page each after all caches were emptied; kept: answers for which the edge did not ask Superset; ≥: some viewers never saw a whole page.");
    }

    public async Task WriteAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var report = new
        {
            At = DateTimeOffset.UtcNow,
            Cores = Environment.ProcessorCount,
            SecondsAMeasurement = duration.TotalSeconds,
            Viewers = Crowd,
            ChartsPerSecond = new
            {
                Superset = Find(Stock)?.ChartsPerSecond, WithoutEdge = Find(Direct)?.ChartsPerSecond, Edge = Find(Edge)?.ChartsPerSecond, Kestrel = Find(Kestrel)?.ChartsPerSecond,
            },
            RatioToSuperset = Find(Edge) is { } edge ? Ratio(edge) : double.NaN,
            ChartP95Ms = Find(Edge)?.ChartMilliseconds.P95,
            HitRatio = Find(Edge)?.HitRatio,
            Errors = measured.Where(one => one.Target != Stock).Sum(one => one.Errors),
            StockErrors = measured.Where(one => one.Target == Stock).Sum(one => one.Errors),
            WrongRows = measured.Sum(one => one.WrongRows),
            // Resident, with what other processes map as well; of its own it has less.
            ApiMemoryMb = Api(Find(Edge))?.ResidentMegabytes,
            ApiOwnMemoryMb = Api(Find(Edge))?.Megabytes,
            ApiPeakMemoryMb = measured.Where(one => one.Target == Edge).Max(one => Api(one)?.PeakMegabytes),
            Measurements = measured,
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Form), cancellation);
    }

    private static string Page(EdgeMeasurement measurement, double milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(measurement.UnfinishedPages > 0 ? "≥" : "")}{milliseconds:0}");

    private static string Text(ProcessUse use) =>
        string.Create(CultureInfo.InvariantCulture, $"{use.Name} {use.CpuSeconds:0.0} s {use.Megabytes:0} MB, {use.ResidentMegabytes:0} ({use.PeakMegabytes:0})");

    private static ProcessUse? Api(EdgeMeasurement? measurement) => measurement?.Processes.FirstOrDefault(use => use.Name == "api");

    private EdgeMeasurement? Find(string target) => measured.FirstOrDefault(one => one.Target == target && one.State == Warm && one.Viewers == Crowd);

    private double Ratio(EdgeMeasurement measurement) =>
        measured.FirstOrDefault(one => one.Target == Stock && one.State == measurement.State && one.Viewers == measurement.Viewers) is { } stock
            ? measurement.ChartsPerSecond / stock.ChartsPerSecond
            : double.NaN;
}
