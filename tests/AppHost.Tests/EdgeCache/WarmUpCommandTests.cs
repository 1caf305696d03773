using System.Diagnostics;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.EdgeCache;

/// <summary>Warming up by command: on the Aspire dashboard and at the terminal.</summary>
public sealed class WarmUpCommandTests(StackFixture stack)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommandOfTheDashboardAsksEverythingAndShowsHowFarItIs()
    {
        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Api, "warm-up", Cancellation);

        Assert.True(result.Success, result.Message);
        Assert.Matches("^([0-9]+ of [0-9]+ questions|nothing to ask.*)$", result.Message);
        Assert.True(stack.Application.ResourceNotifications.TryGetCurrentState(ResourceNames.Api, out var api));
        Assert.Equal(result.Message, api.Snapshot.Properties.Single(property => property.Name == "Warm-up").Value);
    }

    [Fact]
    public async Task CommandAtTheTerminalEndsWhenEverythingIsAsked()
    {
        var script = new ProcessStartInfo(Path.GetFullPath("../embedstack", Projects.AppHost.ProjectPath), ["warm"])
        {
            Environment = { ["EmbedStack__StatusFile"] = stack.StatusFile },
        };
        var run = await ProcessRun.OfAsync(script, TimeSpan.FromMinutes(5));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Matches("questions warm|nothing to ask", run.Output);
        Assert.DoesNotContain(await stack.ParameterAsync("operator-key"), run.Output + run.Error, StringComparison.Ordinal);
    }
}
