using EmbedStack.Doctor.Patients;

namespace EmbedStack.Doctor.Checks.Page;

internal sealed class LargeExportsAreStreamed() : Check(
    "large-export",
    "A large CSV ends in 401 \"Missing Authorization Header\"; a small one works.",
    "Above CSV_STREAMING_ROW_THRESHOLD the page of 6.1 fetches the file without the guest token.",
    "Set CSV_STREAMING_ROW_THRESHOLD above every row limit.")
{
    public override async Task<Verdict> ExamineAsync(Patient patient)
    {
        var configuration = (await patient.Page).Bootstrap["conf"];
        var (threshold, most) = (Number(configuration?["CSV_STREAMING_ROW_THRESHOLD"]), Number(configuration?["SQL_MAX_ROW"]));
        return threshold is null ? Verdict.NotApplicable("this Superset streams no exports")
            : threshold < (most ?? 100_000) ? Verdict.Found($"exports above {threshold} rows are streamed, and there may be {most ?? 100_000}")
            : Verdict.Ok;
    }

    private static long? Number(System.Text.Json.Nodes.JsonNode? node) =>
        node is System.Text.Json.Nodes.JsonValue value && value.TryGetValue(out long number) ? number : null;
}
