using System.Diagnostics;
using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.EdgeCache;

/// <summary>Warming up by command: on the Aspire dashboard and at the terminal.</summary>
public sealed class WarmUpCommandTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var guest = await Guest.OfAsync(stack, Person.NorthsideAdministrator, "clinic");
        Assert.True((await guest.AskAsync((await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic").First().Request())).IsOk);
        var until = DateTime.UtcNow + Patience;
        while (await Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from api.warm_questions") == 0)
        {
            Assert.True(DateTime.UtcNow < until, $"Nothing is learnt of a chart that was asked for {Patience.TotalSeconds:0} s ago.");
            await Task.Delay(100, Cancellation);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task CommandOfTheDashboardAsksEverythingAndShowsHowFarItIs()
    {
        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Api, "warm-up", Cancellation);

        Assert.True(result.Success, result.Message);
        Assert.Matches("^([0-9]+) of \\1 questions$", result.Message);
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
        var warm = Regex.Match(run.Output, "([0-9]+) questions warm");
        Assert.True(warm.Success, run.Output);
        Assert.DoesNotContain(await stack.ParameterAsync("operator-key"), run.Output + run.Error, StringComparison.Ordinal);
        await ShownAsync($"{warm.Groups[1].Value} of {warm.Groups[1].Value} questions");
    }

    // The dashboard looks every few seconds while nothing goes on.
    private async Task ShownAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await stack.Application.ResourceNotifications.WaitForResourceAsync(
            ResourceNames.Api, change => change.Snapshot.Properties.Any(property => property.Name == "Warm-up" && Equals(property.Value, text)), patience.Token);
    }
}
