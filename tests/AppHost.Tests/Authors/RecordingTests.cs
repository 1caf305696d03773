using System.Reflection;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>The program behind <c>./embedstack dashboard record</c>, on the tests' stack and a copy of the repository's files.</summary>
public sealed class RecordingTests(StackFixture stack)
{
    private const string Dashboard = "revenue";
    private const string Chart = "charts/revenue/overdue.yaml";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private static readonly string Program =
        typeof(RecordingTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "AuthoringProgram").Value!;

    [Fact]
    public async Task WhatExploreSavesIsWhatTheRepositoryHoldsByteForByte()
    {
        using var assets = new AssetsCopy();
        assets.MakeDraft(Chart);

        var run = await RecordAsync(assets, await StatusAsync(), Dashboard);

        Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Error}{run.Output}\n{stack.Describe()}");
        Assert.Contains("1 files changed", run.Output, StringComparison.Ordinal);
        Assert.Empty(assets.Changed());
    }

    [Fact]
    public async Task UnknownDashboardIsNamedAndNothingIsWritten()
    {
        using var assets = new AssetsCopy();

        var run = await RecordAsync(assets, await StatusAsync(), "nobodys");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("embedstack: the catalogue has no dashboard 'nobodys', only: clinic, ", run.Error, StringComparison.Ordinal);
        Assert.Empty(assets.Changed());
    }

    [Fact]
    public async Task WithoutAStackNothingIsRecorded()
    {
        using var assets = new AssetsCopy();

        var run = await RecordAsync(assets, "state\tstarting\n", Dashboard);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("embedstack: dashboards are recorded in a stack that runs, and none does. Next: ./embedstack up", run.Error.Trim());
    }

    private async Task<string> StatusAsync() =>
        $"state\trunning\nurl\tAuthors (Superset)\t{AuthorPage.Origin(stack)}\nuser\t-\tauthor@embedstack.example\t{await stack.ParameterAsync("author-password")}\tauthor\n";

    private static async Task<ProgramRun> RecordAsync(AssetsCopy assets, string status, params string[] keys)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, status, TestContext.Current.CancellationToken);
            return await ProgramRun.OfAsync(
                Program,
                keys,
                new Dictionary<string, string>
                {
                    ["DOTNET_ENVIRONMENT"] = "Production", ["EmbedStack__StatusFile"] = file,
                    ["Authoring__Assets"] = assets.Root, ["Authoring__Pictures"] = AppContext.BaseDirectory,
                },
                Limit);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
