using System.Reflection;
using System.Text.Json;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>What became of all questions while parts died: <c>artifacts/test-results/faults.json</c>, and each test's output.</summary>
internal static class FaultsReport
{
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly List<Fault> faults = [];
    private static readonly Lock writing = new();

    private static string Folder =>
        typeof(FaultsReport).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "TestResults").Value!;

    /// <param name="part">What died.</param>
    /// <param name="recovery">From its return, healthy, to when everybody was answered again.</param>
    /// <param name="outcomes">What was asked from before it died until after that.</param>
    public static void Add(string part, TimeSpan recovery, IReadOnlyCollection<Outcome> outcomes)
    {
        var fault = new Fault(
            part, Math.Round(recovery.TotalSeconds, 1), outcomes.Count, Count(Verdict.Right), Count(Verdict.Unavailable),
            Count(Verdict.Refused) + Count(Verdict.Broken) + Count(Verdict.Hung), Count(Verdict.Wrong));
        lock (writing)
        {
            faults.Add(fault);
            Directory.CreateDirectory(Folder);
            File.WriteAllText(Path.Combine(Folder, "faults.json"), JsonSerializer.Serialize(new { faults }, Form));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(JsonSerializer.Serialize(fault, Form));

        int Count(Verdict verdict) => outcomes.Count(one => one.Verdict == verdict);
    }

    /// <param name="Part">What died.</param>
    /// <param name="SecondsToRecovery">From its return, healthy, to when everybody was answered again.</param>
    /// <param name="Requests">All questions.</param>
    /// <param name="Right">Answered with the viewer's own rows.</param>
    /// <param name="Unavailable">Answered 503 or 502, as a problem document.</param>
    /// <param name="Errors">Whatever else, and what was not answered.</param>
    /// <param name="WrongRows">Answered with any other rows.</param>
    private sealed record Fault(string Part, double SecondsToRecovery, int Requests, int Right, int Unavailable, int Errors, int WrongRows);
}
