using EmbedStack.Authoring.Assets;
using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Loop;

/// <summary>A file's difference in the form that reviews and <c>patch</c> read.</summary>
internal static class UnifiedDiff
{
    private const string Absent = "/dev/null";

    public static async Task<string> OfAsync(AssetChange change)
    {
        var folder = Directory.CreateTempSubdirectory("embedstack-diff-");
        try
        {
            var (before, after) = (Path.Combine(folder.FullName, "a"), Path.Combine(folder.FullName, "b"));
            await File.WriteAllTextAsync(before, change.Before ?? "");
            await File.WriteAllTextAsync(after, change.After ?? "");
            string[] labels = [change.Before is null ? Absent : $"a/{change.Name}", change.After is null ? Absent : $"b/{change.Name}"];
            var run = await ProgramOutput.OfAsync("diff", ["-u", "--label", labels[0], "--label", labels[1], before, after], []);
            return run.ExitCode is 0 or 1 ? run.Text : throw new JobException($"diff ended with {run.ExitCode}: {run.Complaint}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
