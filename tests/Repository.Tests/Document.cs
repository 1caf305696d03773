using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EmbedStack.Repository.Tests;

/// <summary>A Markdown file as GitHub reads it.</summary>
internal sealed class Document
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePipeTables().UseAutoLinks().Build();

    private readonly MarkdownDocument _parsed;

    private Document(string file)
    {
        File = file;
        Text = Repository.Read(file);
        _parsed = Markdown.Parse(Text, Pipeline);
    }

    /// <summary>All but those that lead somewhere only where a template has put them.</summary>
    public static IEnumerable<Document> All => Repository.Files.Value
        .Where(file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("templates/blank/", StringComparison.Ordinal))
        .Select(file => new Document(file));

    public string File { get; }

    public string Text { get; }

    /// <summary>Where the file's links and pictures lead, those written as HTML included.</summary>
    public IEnumerable<string> Links =>
        _parsed.Descendants<LinkInline>().Select(link => link.Url ?? "")
            .Concat(Html.SelectMany(html => Attributes.Matches(html)).Select(match => match.Groups[1].Value));

    /// <summary>By what its headings, and its own anchors, are linked to.</summary>
    public IEnumerable<string> Anchors =>
        _parsed.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "")
            .Concat(Html.SelectMany(html => Identifiers.Matches(html)).Select(match => match.Groups[1].Value));

    /// <summary>The lines of its blocks of shell, without what a comment says.</summary>
    public IEnumerable<string> ShellLines => _parsed.Descendants<FencedCodeBlock>().Where(block => block.Info is "sh" or "bash")
        .SelectMany(block => block.Lines.ToString().Split('\n')).Select(line => Comment.Replace(line, "").Trim()).Where(line => line.Length > 0);

    private static Regex Attributes { get; } = new("""(?:src|srcset|href)="([^"]+)""", Options);

    private static Regex Identifiers { get; } = new("""(?:id|name)="([^"]+)""", Options);

    private static Regex Comment { get; } = new(@"(^|\s)#.*$", Options);

    private static RegexOptions Options => RegexOptions.CultureInvariant;

    private IEnumerable<string> Html =>
        _parsed.Descendants<HtmlBlock>().Select(block => block.Lines.ToString()).Concat(_parsed.Descendants<HtmlInline>().Select(html => html.Tag));
}
