namespace EmbedStack.Repository.Tests;

/// <summary>Every link of a document leads somewhere: to a file that is there, and to a heading that it has.</summary>
public sealed class LinkTests
{
    private static readonly Dictionary<string, Document> Documents = Document.All.ToDictionary(document => document.File);

    public static TheoryData<string> Names => [.. Documents.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryLinkLeadsSomewhere(string file)
    {
        var broken = Documents[file].Links.Where(link => !LeadsSomewhere(file, link));
        Assert.Empty(broken);
    }

    private static bool LeadsSomewhere(string file, string link)
    {
        if (Uri.TryCreate(link, UriKind.Absolute, out var elsewhere) && elsewhere.Scheme != Uri.UriSchemeFile)
        {
            return elsewhere.Scheme is "https" or "mailto" || elsewhere.IsLoopback;
        }

        var (path, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? file : Path.GetRelativePath(Repository.Root, Path.GetFullPath(Repository.PathOf(Path.Combine(Path.GetDirectoryName(file)!, path))));
        return anchor is null
            ? Path.Exists(Repository.PathOf(target))
            : Documents.TryGetValue(target, out var document) && document.Anchors.Contains(anchor);
    }
}
