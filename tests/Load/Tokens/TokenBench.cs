using EmbedStack.Load.Measuring;
using EmbedStack.Load.Stacks;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Load.Tokens;

/// <summary>How fast guest tokens are minted, here and without EmbedStack; one side runs at a time.</summary>
internal sealed class TokenBench(Workplace place, TimeSpan duration, TextWriter output)
{
    private static readonly (int Callers, TimeSpan? Pause)[] Loads = [(1, null), (10, null), (100, null), (100, TimeSpan.FromSeconds(1))];

    public async Task RunAsync(CancellationToken cancellation)
    {
        List<Measurement> measured = [];
        var others = MachineLoad.Now;
        foreach (var (issuer, name) in new[] { ("handshake", TokenReport.Handshake), ("signed", TokenReport.Signed) })
        {
            output.WriteLine($"Starting EmbedStack, tokens by {issuer}");
            await using var stack = await OwnStack.StartAsync(place, issuer, cancellation);
            await MeasureAsync(await stack.TargetAsync(name, cancellation), measured, cancellation);
        }

        output.WriteLine("Starting stock Superset");
        await using (var superset = await StockSuperset.StartAsync(place, cancellation))
        {
            await MeasureAsync(await superset.TargetAsync(TokenReport.Stock, cancellation), measured, cancellation);
            await MeasureAsync(await superset.ExpressTargetAsync(TokenReport.Express, cancellation), measured, cancellation);
        }

        var report = new TokenReport(measured, duration, others);
        report.Print(output);
        var file = Path.Combine(place.Root, "artifacts", "bench", "tokens.json");
        await report.WriteAsync(file, cancellation);
        output.WriteLine($"Written to {Path.GetRelativePath(place.Root, file)}");
        if (measured.FirstOrDefault(measurement => measurement.Wrong > 0 || measurement.Answers == 0) is { } wrong)
        {
            throw new JobException($"{wrong.Target}, {wrong.Callers} callers: {wrong.Wrong} of {wrong.Answers} answers were wrong, the first: {wrong.FirstFault}");
        }
    }

    private async Task MeasureAsync(MintTarget target, List<Measurement> measured, CancellationToken cancellation)
    {
        foreach (var (callers, pause) in Loads)
        {
            output.WriteLine($"  {target.Name}, {callers} callers{(pause is { } between ? $", each every {between.TotalSeconds:0} s" : "")}");
            measured.Add(await MintLoad.MeasureAsync(target, callers, pause, duration, cancellation));
        }
    }
}
