using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary><c>./embedstack dashboard record</c> on the tests' stack.</summary>
public sealed class RecordingTests(StackFixture stack)
{
    private const string Dashboard = "revenue";
    private const string Chart = "charts/revenue/overdue.yaml";

    [Fact]
    public async Task WhatExploreSavesIsWhatTheRepositoryHoldsByteForByte()
    {
        using var assets = new AssetsCopy();
        assets.MakeDraft(Chart);

        var run = await AuthoringProgram.OfAsync(stack, assets, "record", Dashboard);

        Assert.True(run.ExitCode == 0, $"{run.ExitCode}: {run.Error}{run.Output}\n{stack.Describe()}");
        Assert.Contains("1 files changed", run.Output, StringComparison.Ordinal);
        Assert.Empty(assets.Changed());
    }

    [Fact]
    public async Task UnknownDashboardIsNamedAndNothingIsWritten()
    {
        using var assets = new AssetsCopy();

        var run = await AuthoringProgram.OfAsync(stack, assets, "record", "nobodys");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("embedstack: the catalogue has no dashboard 'nobodys', only: clinic, ", run.Error, StringComparison.Ordinal);
        Assert.Empty(assets.Changed());
    }

    [Fact]
    public async Task WithoutAStackNothingIsRecorded()
    {
        using var assets = new AssetsCopy();

        var run = await AuthoringProgram.OfAsync("state\tstarting\n", assets, "record", Dashboard);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("embedstack: dashboards are drawn in a stack that runs, and none does. Next: ./embedstack up", run.Error.Trim());
    }
}
