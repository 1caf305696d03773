namespace EmbedStack.Load.Measuring;

/// <summary>What a number of callers got out of a target.</summary>
/// <param name="Target">What was asked.</param>
/// <param name="Callers">How many at once.</param>
/// <param name="Pause">From one request of a caller to its next; null where each asks again as soon as it is answered.</param>
/// <param name="Answers">All answers.</param>
/// <param name="Wrong">Those that were no right token.</param>
/// <param name="FirstFault">What was wrong with the first of them.</param>
/// <param name="P50">Milliseconds in which half were answered.</param>
/// <param name="P99">Milliseconds in which 99 % were answered.</param>
/// <param name="PerSecond">Right answers a second.</param>
/// <param name="GeneratorCores">Processor time of the load generator itself, in cores.</param>
internal sealed record Measurement(
    string Target, int Callers, TimeSpan? Pause, int Answers, int Wrong, string? FirstFault, double P50, double P99, double PerSecond, double GeneratorCores);
