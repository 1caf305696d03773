using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>What docs/security.md and docs/security-tests.md name is there.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Document = string.Concat(new[] { "security.md", "security-tests.md" }.Select(name => File.ReadAllText(Path.Combine(Root, "docs", name))));

    [Fact]
    public void ChecksAreAllThere() => Assert.Equal(
        [.. Enumerable.Range(1, 14).Select(number => $"{number}"), "17", "18"],
        Rows("## Checks").Select(cells => cells[0]));

    [Fact]
    public void EveryTestThatTheDocumentNamesIsThereAndRuns()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToArray();
        var named = Rows("## Checks").Concat(Rows("## Tests")).SelectMany(cells => Tests(cells[^1])).ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(Exists(name, sources), $"{name} is not there."));
    }

    [Fact]
    public void EveryCheckNamesATestAndNotAClassOrFileAlone() =>
        Assert.All(Rows("## Checks"), cells => Assert.Contains(Tests(cells[^1]), name => IsPython(name) ? name.Contains("::", StringComparison.Ordinal) : name.Contains('.', StringComparison.Ordinal)));

    [Fact]
    public void EveryProblemIsDocumented()
    {
        var slugs = typeof(Problems).GetFields().Select(field => field.GetValue(null)).OfType<Problem>().Select(problem => problem.Slug).Distinct().ToArray();
        Assert.NotEmpty(slugs);
        Assert.Empty(slugs.Except(Rows("## Problems").SelectMany(cells => Quoted().Matches(cells[1]).Select(match => match.Groups[1].Value))));
    }

    private static IEnumerable<string> Tests(string cell) =>
        Quoted().Matches(cell).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith("--", StringComparison.Ordinal));

    private static bool IsPython(string name) => name.Contains(".py", StringComparison.Ordinal);

    private static bool Exists(string name, string[] sources)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var parts = name.Split("::");
            var path = Path.Combine(Root, parts[0]);
            return parts.Length == 1 ? Path.Exists(path) : File.Exists(path) && Regex.IsMatch(File.ReadAllText(path), $@"(?m)^def {parts[1]}\(");
        }

        return name.Split('.') is [var type, var method]
            ? sources.Any(source => Regex.IsMatch(source, $@"class {type}\b") && IsTest(source, method))
                || Directory.Exists(Path.Combine(Root, "tests", "AppHost.Tests", type, method))
            : sources.Any(source => Regex.IsMatch(source, $@"class {name}\b"));
    }

    // Between the attribute and the method stands nothing but other attributes.
    private static bool IsTest(string source, string method) =>
        Regex.IsMatch(source, $@"\[(Fact|Theory|Property)\b(?:(?!\r?\n\r?\n|\}}\r?\n).)*? {method}\(", RegexOptions.Singleline);

    private static IEnumerable<string[]> Rows(string heading)
    {
        var start = Document.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/security.md and docs/security-tests.md have no section {heading}.");
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
