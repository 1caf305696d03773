namespace EmbedStack.ServiceDefaults.Jobs;

/// <summary>The status file of the stack that runs: lines of fields parted by tabs, the first of which says what the line is.</summary>
public sealed class StatusFile
{
    private readonly string[][] _lines;

    private StatusFile(string[][] lines) => _lines = lines;

    /// <summary>Reads the file; where there is none, nothing is known of any stack.</summary>
    public static StatusFile Read(string? path) => new(
        path is not null && File.Exists(path) ? [.. File.ReadLines(path).Select(line => line.Split('\t'))] : []);

    /// <summary>The lines of a kind, their first field included.</summary>
    public IEnumerable<string[]> Lines(string kind) => _lines.Where(fields => fields[0] == kind);

    /// <summary>What follows the fields given, in the first line that begins with them and has one field more.</summary>
    public string? Find(params string[] start) => _lines.FirstOrDefault(
        fields => fields.Length == start.Length + 1 && fields.AsSpan(0, start.Length).SequenceEqual(start))?[^1];
}
