using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>What docs/security.md names is there.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Document = File.ReadAllText(Path.Combine(Root, "docs", "security.md"));

    [Fact]
    public void ChecksAreAllThere() => Assert.Equal(
        [.. Enumerable.Range(1, 14).Select(number => $"{number}"), "17", "18"],
        Rows("## Checks").Select(cells => cells[0]));

    [Fact]
    public void EveryTestThatTheChecksNameExists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        var named = Rows("## Checks").SelectMany(cells => Quoted().Matches(cells[^1]).Select(match => match.Groups[1].Value)).ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Exists(name, sources), $"{name} is not there."));
    }

    [Fact]
    public void EveryProblemIsDocumented()
    {
        var slugs = typeof(Problems).GetFields().Select(field => field.GetValue(null)).OfType<Problem>().Select(problem => problem.Slug).Distinct().ToArray();
        Assert.NotEmpty(slugs);
        Assert.Empty(slugs.Except(Rows("## Problems").SelectMany(cells => Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value))));
    }

    private static bool Exists(string name, string[] sources) => name.Contains('/', StringComparison.Ordinal)
        ? Path.Exists(Path.Combine(Root, name))
        : name.Split('.') is [var type, var method]
            ? sources.Any(source => Regex.IsMatch(source, $@"class {type}\b") && Regex.IsMatch(source, $@"(Task|void) {method}\("))
                || Directory.Exists(Path.Combine(Root, "tests", "AppHost.Tests", type, method))
            : sources.Any(source => Regex.IsMatch(source, $@"class {name}\b"));

    private static IEnumerable<string[]> Rows(string heading)
    {
        var start = Document.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/security.md has no section {heading}.");
        return Document[(start + heading.Length)..].Split("\n## ")[0].Split('\n')
            .Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }

    private static string FindRoot([CallerFilePath] string file = "")
    {
        var folder = Path.GetDirectoryName(file)!;
        while (!File.Exists(Path.Combine(folder, "EmbedStack.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository was not found.");
        }

        return folder;
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
