namespace EmbedStack.Load.Edge;

/// <summary>What a number of viewers got out of a target.</summary>
/// <param name="Target">What was asked.</param>
/// <param name="State">Whether its caches were <c>cold</c> or <c>warm</c>.</param>
/// <param name="Viewers">How many at once.</param>
/// <param name="Charts">Answers.</param>
/// <param name="Errors">Of these, refusals and failures.</param>
/// <param name="WrongRows">Of these, other rows than the clinic's.</param>
/// <param name="FirstFault">What was wrong with the first of them.</param>
/// <param name="ChartsPerSecond">Right answers a second, up to when nobody asked any more.</param>
/// <param name="ChartMilliseconds">Time to a chart, of all that were asked for.</param>
/// <param name="PageMilliseconds">Time to a whole dashboard; of viewers who never saw one whole, as long as they had waited.</param>
/// <param name="UnfinishedPages">How many viewers that were.</param>
/// <param name="GeneratorCores">Processor time of the load generator itself, in cores.</param>
/// <param name="Seconds">How long all of it took.</param>
/// <param name="Processes">What the measured processes used.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When the last answer had come.</param>
internal sealed record EdgeMeasurement(
    string Target, string State, int Viewers, int Charts, int Errors, int WrongRows, string? FirstFault, double ChartsPerSecond,
    Percentiles ChartMilliseconds, Percentiles PageMilliseconds, int UnfinishedPages, double GeneratorCores, double Seconds,
    IReadOnlyList<ProcessUse> Processes, DateTimeOffset Began, DateTimeOffset Ended)
{
    /// <summary>Of the answers, how many came from where, by the edge's own audit; empty where there is none.</summary>
    public IReadOnlyDictionary<string, long> Sources { get; init; } = new Dictionary<string, long>();

    /// <summary>The share of answers for which Superset was not asked; NaN where nothing was answered.</summary>
    public double HitRatio => 1 - (Sources.GetValueOrDefault("superset") / (double)(Sources.Values.Sum() - Sources.GetValueOrDefault("refused")));
}
