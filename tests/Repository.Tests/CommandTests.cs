using System.Text.RegularExpressions;

namespace EmbedStack.Repository.Tests;

/// <summary>What the documents have a reader type is there: each command of the script, and each of its options.</summary>
public sealed class CommandTests
{
    private static readonly Regex Call = new(@"\./embedstack\s+(?<command>[a-z]+)(?<rest>[^`|;\n]*)", RegexOptions.CultureInvariant);
    private static readonly Regex Option = new(@"(?<!\S)--[a-z][a-z-]*", RegexOptions.CultureInvariant);

    private static readonly Regex Suite = new(@"\./embedstack test (?<suite>[a-z]+)\b", RegexOptions.CultureInvariant);
    private static readonly Regex Suites = new(@"SUITE is one of: (?<all>[a-z ]+)\.", RegexOptions.CultureInvariant);

    // As a usage has it: "tenant add NAME | tenant remove KEY".
    private static readonly Regex Verb = new(@"(?<command>[a-z]+) (?<verb>[a-z]+) [A-Z\[]", RegexOptions.CultureInvariant);

    public static TheoryData<string> Commands =>
        [.. Document.All.SelectMany(document => Call.Matches(document.Text)).Select(call => call.Groups["command"].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task CommandKnowsEveryOptionThatDocumentsGiveIt(string command)
    {
        var help = await HelpAsync(command);
        foreach (var verb in Verb.Matches(help).Where(verb => verb.Groups["command"].Value == command).Select(verb => verb.Groups["verb"].Value).Distinct().ToList())
        {
            help += await HelpAsync(command, verb);
        }

        var told = Document.All.SelectMany(document => Call.Matches(document.Text).Where(call => call.Groups["command"].Value == command))
            .SelectMany(call => Option.Matches(call.Groups["rest"].Value)).Select(option => option.Value).Distinct();
        Assert.All(told, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SuitesThatDocumentsNameAreThere()
    {
        var suites = Suites.Match(await HelpAsync("test")).Groups["all"].Value.Split(' ');
        Assert.All(
            Document.All.SelectMany(document => Suite.Matches(document.Text).Select(call => (document.File, Name: call.Groups["suite"].Value))),
            suite => Assert.True(suites.Contains(suite.Name), $"{suite.File}: there is no suite {suite.Name}"));
    }

    [Fact]
    public void EveryBlockOfShellCanBeTyped()
    {
        foreach (var line in Document.All.SelectMany(document => document.ShellLines))
        {
            // Continued lines and their heads are one command; a prompt or an ellipsis is none.
            Assert.DoesNotMatch(@"^\$ |…|<[a-z-]+>", line);
        }
    }

    private static async Task<string> HelpAsync(params string[] command)
    {
        var run = await Repository.RunAsync(Repository.PathOf("embedstack"), [.. command, "--help"]);
        Assert.Equal(0, run.ExitCode);
        return run.Output;
    }
}
