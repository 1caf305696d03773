using System.Buffers.Text;
using System.Text.Json;
using EmbedStack.Load.Stacks;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Load.Edge;

/// <summary>How fast embedded pages get their charts: from stock Superset, from ours past the edge's caches, and through them; one at a time.</summary>
internal sealed class EdgeBench(Workplace place, TimeSpan duration, TextWriter output)
{
    private const int SessionsEach = 9;
    private const double Hits = 0.99;
    private static readonly int[] Crowds = [1, 10, 100, 500];
    private static readonly string[] Clinics =
        ["blacktown", "bondi", "chatswood", "harbour", "liverpool", "newtown", "northside", "parramatta", "penrith", "wollongong"];

    private static readonly TimeSpan Warming = TimeSpan.FromMinutes(2);
    private readonly List<EdgeMeasurement> _measured = [];
    private readonly List<string> _faults = [];

    private string Assets => Path.Combine(place.Root, "SupersetContainer", "assets");

    public async Task RunAsync(CancellationToken cancellation)
    {
        var right = await MeasureStockAsync(cancellation);
        await MeasureOwnAsync(EdgeReport.Direct, "direct", right, cancellation);
        await MeasureOwnAsync(EdgeReport.Edge, "exchange", right, cancellation);
        var report = new EdgeReport(_measured, duration);
        report.Print(output);
        var file = Path.Combine(place.Root, "artifacts", "bench", "edge.json");
        await report.WriteAsync(file, cancellation);
        output.WriteLine($"Written to {Path.GetRelativePath(place.Root, file)}");
        // What asks Superset for each chart may be too slow for a crowd on a small machine: that is what is measured.
        _faults.AddRange(_measured.Where(one => one.WrongRows > 0 || one.Charts == 0 || (one.Target == EdgeReport.Edge && one.Errors > 0)).Select(one =>
            $"{one.Target}, {one.State}, {one.Viewers} viewers: {one.Errors} errors and {one.WrongRows} wrong of {one.Charts} answers, the first: {one.FirstFault}"));
        _faults.AddRange(_measured.Where(one => one is { Target: EdgeReport.Edge, State: EdgeReport.Warm, HitRatio: < Hits }).Select(one =>
            $"{one.Target}, {one.Viewers} viewers: only {one.HitRatio:P1} of the answers were kept ones"));
        if (right.FindTwins() is { } twins)
        {
            _faults.Add(twins);
        }

        if (_faults is [var first, ..])
        {
            throw new JobException(first);
        }
    }

    private async Task<RightRows> MeasureStockAsync(CancellationToken cancellation)
    {
        output.WriteLine("Starting stock Superset with the clinics' data and dashboards");
        await using var superset = await StockSuperset.StartAsync(place, cancellation, withClinics: true);
        var right = new RightRows(await new BenchDatabase(superset.Database).CountAsync(cancellation));
        var viewers = new List<Viewer>();
        foreach (var clinic in Clinics)
        {
            viewers.Add(new Viewer(clinic, await superset.GuestTokenAsync(clinic, cancellation)));
        }

        var target = await ChartTarget.ReadAsync(EdgeReport.Stock, superset.Address, viewers, Assets, cancellation);
        await MeasureAsync(target, right, () => superset.EmptyCachesAsync(cancellation), null, cancellation);
        return right;
    }

    private async Task MeasureOwnAsync(string name, string tokens, RightRows right, CancellationToken cancellation)
    {
        output.WriteLine($"Starting EmbedStack, {name}");
        await using var stack = await OwnStack.StartAsync(place, "signed", cancellation, new Dictionary<string, string>
        {
            ["EmbedStack__Edge__Tokens"] = tokens,
            // Tokens live as long as what is measured by them, and viewers here come from one generator.
            ["EmbedStack__GuestTokens__Minutes"] = "15",
            ["EmbedStack__Api__Edge__Limits__PersonBurst"] = "1000000", ["EmbedStack__Api__Edge__Limits__PersonPerSecond"] = "1000000",
            ["EmbedStack__Api__Edge__Limits__PersonConcurrent"] = "10000", ["EmbedStack__Api__Edge__Limits__TenantBurst"] = "1000000",
            ["EmbedStack__Api__Edge__Limits__TenantPerSecond"] = "1000000", ["EmbedStack__Api__Edge__Limits__TenantConcurrent"] = "10000",
            ["EmbedStack__Api__Edge__Limits__Waiting"] = "10000", ["EmbedStack__Api__Edge__Limits__TenantWaiting"] = "10000",
            ["EmbedStack__Api__Edge__Limits__PatienceSeconds"] = "120",
            // What is cold here stays so until somebody asks.
            ["EmbedStack__Api__Edge__WarmUp__AfterChanges"] = "false",
        });
        var database = new BenchDatabase(stack.Database);
        var (viewers, origin) = await ClinicViewers.SignInAsync(stack, SessionsEach, cancellation);
        var isExchanged = Audience(viewers[0].Token) == origin.GetLeftPart(UriPartial.Authority);
        if (isExchanged != (tokens == "exchange") || viewers.Count != Clinics.Length * SessionsEach)
        {
            throw new JobException($"{name}: {viewers.Count} viewers, whose tokens are for '{Audience(viewers[0].Token)}'");
        }

        var target = await ChartTarget.ReadAsync(name, origin, viewers, Assets, cancellation);
        await MeasureAsync(target, right, () => database.EmptyCachesAsync(cancellation), isExchanged ? database : null, cancellation);
        if (isExchanged)
        {
            await MeasureKestrelAsync(target, cancellation);
        }
    }

    private async Task MeasureAsync(ChartTarget target, RightRows right, Func<Task> emptyCaches, BenchDatabase? audit, CancellationToken cancellation)
    {
        right.NextTarget();
        foreach (var viewers in Crowds)
        {
            await emptyCaches();
            _measured.Add(await MeasureAsync(target, right, EdgeReport.Cold, viewers, duration, again: false, audit, cancellation));
        }

        // A page of each viewer, whatever that takes.
        using var all = new ViewerLoad(target, right, place.Root);
        var warmed = await all.MeasureAsync(EdgeReport.Cold, target.Viewers.Count, Warming, again: false, cancellation);
        if (warmed.WrongRows > 0 || (target.Name == EdgeReport.Edge && warmed.Errors > 0))
        {
            _faults.Add($"{target.Name}, while it got warm: {warmed.FirstFault}");
        }

        foreach (var viewers in Crowds)
        {
            _measured.Add(await MeasureAsync(target, right, EdgeReport.Warm, viewers, duration, again: true, audit, cancellation));
        }
    }

    private async Task<EdgeMeasurement> MeasureAsync(
        ChartTarget target, RightRows right, string state, int viewers, TimeSpan limit, bool again, BenchDatabase? audit, CancellationToken cancellation)
    {
        output.WriteLine($"  {target.Name}, {state}, {viewers} viewers");
        using var load = new ViewerLoad(target, right, place.Root);
        var measured = await load.MeasureAsync(state, viewers, limit, again, cancellation);
        return audit is null ? measured : measured with { Sources = await audit.SourcesAsync(measured, cancellation) };
    }

    private static string? Audience(string token)
    {
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
        return claims.TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.String ? audience.GetString() : null;
    }

    // With an answer of middling size, while the stack is idle.
    private async Task MeasureKestrelAsync(ChartTarget target, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        var answers = new List<byte[]>();
        foreach (var chart in target.Charts)
        {
            using var answer = await client.SendAsync(target.Ask(target.Viewers[0], chart), cancellation);
            answers.Add(await answer.Content.ReadAsByteArrayAsync(cancellation));
        }

        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, answers.OrderBy(answer => answer.Length).ElementAt(answers.Count / 2), cancellation);
        var port = FreePorts.TakeOne();
        await using var kestrel = ChildProcess.Start(
            place.Sources, new Dictionary<string, string>(), "dotnet", typeof(EdgeBench).Assembly.Location, "kestrel", $"{port}", file);
        var origin = new Uri($"http://localhost:{port}/");
        await kestrel.UntilAsync("Kestrel answers", TimeSpan.FromSeconds(60), async () =>
        {
            try
            {
                using var answer = await client.GetAsync(origin, cancellation);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, cancellation);
        // One answer to all: of rows there is nothing to hold it against.
        using var load = new ViewerLoad(target with { Name = EdgeReport.Kestrel, Origin = origin }, RightRows.Any, place.Root);
        _measured.Add(await load.MeasureAsync(EdgeReport.Warm, 100, duration, again: true, cancellation));
        File.Delete(file);
    }
}
