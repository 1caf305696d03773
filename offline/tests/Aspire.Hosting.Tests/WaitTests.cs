namespace EmbedStack.Offline.Tests;

/// <summary>What a resource waits for.</summary>
public sealed class WaitTests
{
    [Fact]
    public async Task DependentStartsAfterHealthAndAfterTheHandlersOfReady()
    {
        var ready = new TaskCompletionSource();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var service = builder.AddProject<Projects.Toy_Service>("service")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("HEALTHY", "false")
            .OnResourceReady((_, _, _) => ready.Task);
        builder.AddExecutable("dependent", "sh", ".", "-c", "exec sleep 600").WaitFor(service);

        await using var app = await builder.BuildAsync();
        var starting = app.StartAsync();
        await app.WaitForStateAsync("service", KnownResourceStates.Running);
        await app.WaitForStateAsync("dependent", KnownResourceStates.Waiting);
        Assert.False(starting.IsCompleted, "StartAsync must not return while a resource waits.");

        using var client = new HttpClient { BaseAddress = AddressOf(app, "service") };
        await app.WithinAsync("the service to take orders", token => client.PostAsync("/health/true", content: null, token));
        await app.WaitForHealthyAsync("service");
        await Task.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(KnownResourceStates.Waiting, app.Snapshot("dependent").State?.Text);

        ready.SetResult();
        await app.WaitForStateAsync("dependent", KnownResourceStates.Running);
        await app.WithinAsync("the start", _ => starting);
    }

    [Theory]
    [InlineData("exit 0", "Running")]
    [InlineData("exit 3", "FailedToStart")]
    public async Task DependentOfACompletionStartsOnlyAfterExitCodeZero(string script, string expected)
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var job = builder.AddExecutable("job", "sh", ".", "-c", script);
        builder.AddExecutable("dependent", "sh", ".", "-c", "exec sleep 600").WaitForCompletion(job);

        await using var app = await builder.BuildAsync();
        _ = app.StartAsync();

        await app.WaitForStateAsync("dependent", expected);
    }

    [Fact]
    public async Task AStoppedJobIsNotACompletedOne()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var job = builder.AddExecutable("job", "sh", ".", "-c", "exec sleep 600");
        builder.AddExecutable("dependent", "sh", ".", "-c", "exec sleep 600").WaitForCompletion(job);

        await using var app = await builder.BuildAsync();
        _ = app.StartAsync();
        await app.WaitForStateAsync("job", KnownResourceStates.Running);
        await app.RunCommandAsync("job", KnownResourceCommands.StopCommand);

        var ended = await app.WaitForStateAsync("job", KnownResourceStates.Finished);
        Assert.NotEqual(0, ended.Snapshot.ExitCode);
        await app.WaitForStateAsync("dependent", KnownResourceStates.FailedToStart);
    }

    [Fact]
    public async Task DependentGoesOnWaitingForAFailureThatMayBeRepaired()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var service = builder.AddExecutable("service", "/does/not/exist", ".");
        builder.AddExecutable("dependent", "sh", ".", "-c", "exec sleep 600")
            .WaitFor(service, WaitBehavior.WaitOnResourceUnavailable);

        await using var app = await builder.BuildAsync();
        _ = app.StartAsync();
        await app.WaitForStateAsync("service", KnownResourceStates.FailedToStart);
        await app.WaitForStateAsync("dependent", KnownResourceStates.Waiting);
        await Task.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(KnownResourceStates.Waiting, app.Snapshot("dependent").State?.Text);
        Assert.Equal(ResourceCommandState.Enabled, app.Snapshot("dependent").CommandState(KnownResourceCommands.StartCommand));

        // Started by hand, it does not wait any longer.
        await app.RunCommandAsync("dependent", KnownResourceCommands.StartCommand);
        await app.WaitForStateAsync("dependent", KnownResourceStates.Running);
    }

    private static Uri AddressOf(DistributedApplication app, string resource)
    {
        var model = app.Services.GetRequiredService<DistributedApplicationModel>();
        var endpoints = (IResourceWithEndpoints)model.Resources.Single(candidate => candidate.Name == resource);
        return new(endpoints.GetEndpoint("http").Url);
    }
}
