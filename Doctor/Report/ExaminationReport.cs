using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Doctor.Checks;
using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Report;

/// <summary>What a person or a program is told of an examination.</summary>
/// <param name="patient">What was examined; none of its secrets is told.</param>
/// <param name="examined">What each check came to.</param>
/// <param name="page">Where the doctor's page is.</param>
internal sealed class ExaminationReport(Patient patient, IReadOnlyList<Examined> examined, string page)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsHealthy => ExitCode.Of(examined) == ExitCode.Healthy;

    /// <summary>A line a check, and of each finding all that helps.</summary>
    public string Table()
    {
        using var table = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        table.WriteLine(patient.Name);
        foreach (var (check, verdict) in examined)
        {
            table.WriteLine($"  {check.Slug,-26} {Text(verdict.Finding),-15} {verdict.Seen}".TrimEnd());
        }

        foreach (var (check, verdict) in Findings)
        {
            table.WriteLine();
            table.WriteLine($"{check.Slug}: {check.Symptom}");
            table.WriteLine($"  found  {verdict.Seen}");
            table.WriteLine($"  cause  {check.Cause}");
            table.WriteLine($"  fix    {check.Fix}");
            table.WriteLine($"  more   {page}#{check.Slug}");
        }

        table.WriteLine();
        table.WriteLine(Summary());
        return Clean(table.ToString());
    }

    public string Json() => Clean(new JsonObject
    {
        ["patient"] = patient.Name,
        ["healthy"] = IsHealthy,
        ["checks"] = new JsonArray([.. examined.Select(JsonNode (entry) => new JsonObject
        {
            ["check"] = entry.Check.Slug,
            ["state"] = Text(entry.Verdict.Finding),
            ["symptom"] = entry.Check.Symptom,
            ["found"] = entry.Verdict.Seen,
            ["cause"] = entry.Check.Cause,
            ["fix"] = entry.Check.Fix,
            ["link"] = $"{page}#{entry.Check.Slug}",
        })]),
    }.ToJsonString(Indented)) + "\n";

    /// <summary>One line.</summary>
    public string Summary()
    {
        string[] found = [.. Findings.Select(finding => finding.Check.Slug)];
        var unknown = examined.Count(check => check.Verdict.Finding == Finding.NotExamined);
        var rest = unknown == 0 ? "" : $" {unknown} checks could not be made.";
        return found.Length == 0
            ? unknown == 0 ? $"Healthy: {examined.Count} checks." : $"Nothing was found.{rest}"
            : $"Found: {string.Join(", ", found)}.{rest}";
    }

    private IEnumerable<Examined> Findings => examined.Where(check => check.Verdict.Finding == Finding.Found);

    private static string Text(Finding finding) => finding switch
    {
        Finding.Ok => "ok",
        Finding.Found => "found",
        Finding.NotApplicable => "not applicable",
        _ => "not examined",
    };

    // Nothing that is told is made of a secret; should it be one day, it is not told.
    private string Clean(string text) => patient.Secrets.Where(secret => secret.Length > 0).Aggregate(text, (rest, secret) => rest.Replace(secret, "***", StringComparison.Ordinal));
}
