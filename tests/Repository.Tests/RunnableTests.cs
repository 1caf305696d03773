using System.Diagnostics;
using EmbedStack.Tests.Documents;
using EmbedStack.Tests.Processes;

namespace EmbedStack.Repository.Tests;

/// <summary>Blocks of shell that are marked as runnable are run; those that need a server of databases, by the tests that have one.</summary>
public sealed class RunnableTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static readonly IReadOnlyList<RunnableBlock> Blocks = RunnableBlock.In(Repository.Root);

    public static TheoryData<string, string> OfTheClone =>
        [.. Blocks.Where(block => block.Name == RunnableBlock.NeedsClone).Select(block => (block.File, block.Script))];

    [Fact]
    public void EveryMarkIsOneThatSomeTestRuns()
    {
        Assert.All(Blocks, block => Assert.Contains(block.Name, RunnableBlock.Names));
        Assert.All(RunnableBlock.Names, name => Assert.Contains(Blocks, block => block.Name == name));
    }

    [Theory]
    [MemberData(nameof(OfTheClone))]
    public async Task BlockRunsAndLeavesTheCloneAsItIs(string file, string script)
    {
        var before = await Repository.RunAsync("git", "status", "--porcelain");

        var run = await ProcessRun.OfAsync(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = Repository.Root }, Timeout);

        Assert.True(run.ExitCode == 0, $"a block of {file} ended with {run.ExitCode}: {run.Error}{run.Output}");
        Assert.Equal(before.Output, (await Repository.RunAsync("git", "status", "--porcelain")).Output);
    }
}
