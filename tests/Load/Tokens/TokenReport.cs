using System.Globalization;
using System.Text.Json;
using EmbedStack.Load.Measuring;

namespace EmbedStack.Load.Tokens;

/// <summary>The table of ratios, and the same as JSON.</summary>
/// <param name="measured">What was measured.</param>
/// <param name="duration">How long each time.</param>
/// <param name="others">The machine's load before any of it began.</param>
internal sealed class TokenReport(IReadOnlyList<Measurement> measured, TimeSpan duration, double? others)
{
    public const string Stock = "stock Superset";
    public const string Handshake = "EmbedStack, handshake";
    public const string Signed = "EmbedStack, signed";
    public const string Express = "Express, as in the SDK's README";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public void Print(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"mint of a guest token",-34} {"callers",12} {"p50 ms",9} {"p99 ms",9} {"per s",8} {"× stock",8} {"wrong",6} {"generator's cores",18}");
        foreach (var measurement in measured)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{measurement.Target,-34} {Load(measurement),12} {measurement.P50,9:0.0} {measurement.P99,9:0.0} {measurement.PerSecond,8:0.0} {Ratio(measurement),8:0.00} {measurement.Wrong,6} {measurement.GeneratorCores,18:0.00}"));
        }

        output.WriteLine();
        output.WriteLine("× stock: mints a second as a multiple of Superset's own endpoint with login and CSRF token fetched once, same callers, same run.");
        output.WriteLine("(1/s): each caller asks once a second, as one that waits for its page would; else as soon as it is answered.");
        output.WriteLine(others is { } load
            ? string.Create(CultureInfo.InvariantCulture, $"The machine's load before it began was {load:0.0}{(load > Environment.ProcessorCount / 2d ? ": other work took part in these times" : "")}.")
            : "The machine does not say how busy it was before.");
        output.WriteLine("EmbedStack does not reuse tokens here, checks session, entitlement and revocations, and commits an audit row before each answer.");
    }

    public async Task WriteAsync(string file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var rows = measured.Select(measurement => new
        {
            measurement.Target, measurement.Callers, PauseSeconds = measurement.Pause?.TotalSeconds, measurement.Answers, measurement.Wrong, P50Milliseconds = measurement.P50, P99Milliseconds = measurement.P99,
            measurement.PerSecond, TimesStock = Ratio(measurement), measurement.GeneratorCores,
        });
        var report = new { At = DateTimeOffset.UtcNow, Cores = Environment.ProcessorCount, LoadBefore = others, SecondsAMeasurement = duration.TotalSeconds, TokenReuse = false, Measurements = rows };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Form), cancellation);
    }

    private double Ratio(Measurement measurement) =>
        measurement.PerSecond / measured.Single(other => other.Target == Stock && other.Callers == measurement.Callers && other.Pause == measurement.Pause).PerSecond;

    private static string Load(Measurement measurement) =>
        measurement.Pause is { } pause ? string.Create(CultureInfo.InvariantCulture, $"{measurement.Callers} ({1 / pause.TotalSeconds:0.#}/s)") : $"{measurement.Callers}";
}
