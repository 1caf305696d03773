namespace EmbedStack.Offline.Tests;

/// <summary>What a child of an executable learns from its parent: events, but no state.</summary>
public sealed class ChildTests
{
    [Fact]
    public async Task ChildOfAnExecutableHearsItsEventsButDoesNotShareItsState()
    {
        var available = new TaskCompletionSource();
        var stopped = new TaskCompletionSource();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var password = builder.AddParameter("password", "secret", secret: true);
        builder.AddToyServer("server").AddToyDatabase("database", password)
            .OnConnectionStringAvailable((_, _, _) => Complete(available))
            .OnResourceStopped((_, _, _) => Complete(stopped));

        await using var app = await builder.StartAsync();
        await app.WaitForStateAsync("server", KnownResourceStates.Running);
        await app.WithinAsync("the child's connection string", _ => available.Task);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var shares = app.ResourceNotifications.TryGetCurrentState("database", out var child)
            && child.Snapshot.State?.Text == KnownResourceStates.Running;
        Assert.False(shares, "Aspire copies the state of containers alone: https://github.com/microsoft/aspire, ApplicationOrchestrator.");

        await app.RunCommandAsync("server", KnownResourceCommands.StopCommand);
        await app.WithinAsync("the child's end", _ => stopped.Task);
    }

    private static Task Complete(TaskCompletionSource source)
    {
        source.TrySetResult();
        return Task.CompletedTask;
    }
}
