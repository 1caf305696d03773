using System.Diagnostics;
using System.Text.RegularExpressions;
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
        if (Regex.Match(run.Output, "([0-9]+) questions warm") is { Success: true } warm)
        {
            await ShownAsync($"{warm.Groups[1].Value} of {warm.Groups[1].Value} questions");
        }
    }

    // The dashboard looks every few seconds while nothing goes on.
    private async Task ShownAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await stack.Application.ResourceNotifications.WaitForResourceAsync(
            ResourceNames.Api, change => change.Snapshot.Properties.Any(property => property.Name == "Warm-up" && Equals(property.Value, text)), patience.Token);
    }
}
