using System.Text.RegularExpressions;

namespace EmbedStack.Tests.Documents;

/// <summary>A block of shell that its document says is run as it stands: <c>```sh runnable=NAME</c>.</summary>
internal sealed record RunnableBlock(string File, string Name, string Script)
{
    /// <summary>What needs the clone alone.</summary>
    public const string NeedsClone = "clone";

    /// <summary>What empties a server and fills it again has a test of its own.</summary>
    public const string Backup = "backup";

    /// <inheritdoc cref="Backup"/>
    public const string Restore = "restore";

    /// <summary>All that some test runs.</summary>
    public static readonly string[] Names = [NeedsClone, Backup, Restore];

    private static readonly Regex Fence = new(@"^(?<indent> *)```sh runnable=(?<name>\S+)\n(?<script>.*?)^\k<indent>```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>Those of the documents in a repository.</summary>
    public static IReadOnlyList<RunnableBlock> In(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)).Order(StringComparer.Ordinal)
            .SelectMany(file => Fence.Matches(System.IO.File.ReadAllText(file).ReplaceLineEndings("\n"))
                .Select(block => new RunnableBlock(Path.GetRelativePath(root, file), block.Groups["name"].Value, block.Groups["script"].Value))),
    ];
}
