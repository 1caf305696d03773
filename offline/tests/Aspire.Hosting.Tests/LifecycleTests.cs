using System.Net.Sockets;

namespace EmbedStack.Offline.Tests;

/// <summary>Start, stop, restart, exit codes, and what each command may do when.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task ExitCodeAndCommandsFollowTheProcess()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("job", "sh", ".", "-c", "exit 3");
        builder.AddExecutable("service", "sh", ".", "-c", "exec sleep 600");
        builder.AddExecutable("broken", "/does/not/exist", ".");

        await using var app = await builder.StartAsync();
        var job = await app.WaitForStateAsync("job", KnownResourceStates.Finished);
        Assert.Equal(3, job.Snapshot.ExitCode);
        AssertCommands(app, "job", start: ResourceCommandState.Enabled, stop: ResourceCommandState.Hidden, restart: ResourceCommandState.Disabled);

        await app.WaitForStateAsync("service", KnownResourceStates.Running);
        AssertCommands(app, "service", start: ResourceCommandState.Hidden, stop: ResourceCommandState.Enabled, restart: ResourceCommandState.Enabled);
        await app.RunCommandAsync("service", KnownResourceCommands.StopCommand);
        var service = await app.WaitForStateAsync("service", KnownResourceStates.Finished);
        Assert.Equal(-1, service.Snapshot.ExitCode);

        await app.WaitForStateAsync("broken", KnownResourceStates.FailedToStart);
        AssertCommands(app, "broken", start: ResourceCommandState.Enabled, stop: ResourceCommandState.Hidden, restart: ResourceCommandState.Disabled);
    }

    [Fact]
    public async Task ExplicitStartWaitsForTheCommand()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("later", "sh", ".", "-c", "exec sleep 600").WithExplicitStart();

        await using var app = await builder.StartAsync();
        await app.WaitForStateAsync("later", KnownResourceStates.NotStarted);
        await app.RunCommandAsync("later", KnownResourceCommands.StartCommand);
        await app.WaitForStateAsync("later", KnownResourceStates.Running);
    }

    [Fact]
    public async Task RestartKeepsNameAndPortAndAsksTheCallbacksAgain()
    {
        var starts = 0;
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Projects.Toy_Service>("service")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment(context => context.EnvironmentVariables["GREETING"] = $"start {++starts}");

        await using var app = await builder.StartAsync();
        var before = await app.WaitForHealthyAsync("service");
        using var client = app.CreateHttpClient("service");
        var pid = await client.GetStringAsync("/pid");
        Assert.Equal("start 1", await client.GetStringAsync("/"));

        await app.RunCommandAsync("service", KnownResourceCommands.RestartCommand);
        await app.WaitForStateAsync("service", KnownResourceStates.Running);
        var after = await app.WaitForHealthyAsync("service");

        Assert.Equal("start 2", await app.WithinAsync("an answer", token => client.GetStringAsync("/", token)));
        Assert.NotEqual(pid, await client.GetStringAsync("/pid"));
        Assert.Equal(before.ResourceId, after.ResourceId);
    }

    [Fact]
    public async Task TheProxyOfAStoppedServiceParksConnectionsAndServesThemLater()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Projects.Toy_Service>("service").WithHttpEndpoint().WithHttpHealthCheck("/health");

        await using var app = await builder.StartAsync();
        await app.WaitForHealthyAsync("service");
        var address = app.GetEndpoint("service");
        await app.RunCommandAsync("service", KnownResourceCommands.StopCommand);
        await app.WaitForStateAsync("service", KnownResourceStates.Finished);

        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await connection.GetStream().WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
        var answer = new byte[12];
        var reading = connection.GetStream().ReadExactlyAsync(answer).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => reading.WaitAsync(TimeSpan.FromSeconds(2)));

        await app.RunCommandAsync("service", KnownResourceCommands.StartCommand);
        await app.WithinAsync("the parked request's answer", _ => reading);
        Assert.EndsWith(" 200", System.Text.Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutProxyAStoppedServiceRefusesConnections()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Projects.Toy_Service>("service")
            .WithHttpEndpoint()
            .WithEndpoint("http", endpoint => endpoint.IsProxied = false)
            .WithHttpHealthCheck("/health");

        await using var app = await builder.StartAsync();
        await app.WaitForHealthyAsync("service");
        var address = app.GetEndpoint("service");
        await app.RunCommandAsync("service", KnownResourceCommands.StopCommand);
        await app.WaitForStateAsync("service", KnownResourceStates.Finished);

        using var connection = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => connection.ConnectAsync(address.Host, address.Port));
    }

    [Fact]
    public async Task CommandRunsItsHandlerAndTellsTheOutcome()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("service", "sh", ".", "-c", "exec sleep 600")
            .WithCommand("greet", "Greet", context => Task.FromResult(CommandResults.Success($"hello {context.ResourceName.Split('-')[0]}")))
            .WithCommand("fail", "Fail", _ => throw new InvalidOperationException("on purpose"));

        await using var app = await builder.StartAsync();
        var greeted = await app.ResourceCommands.ExecuteCommandAsync("service", "greet");
        var failed = await app.ResourceCommands.ExecuteCommandAsync("service", "fail");
        var unknown = await app.ResourceCommands.ExecuteCommandAsync("service", "unknown");

        Assert.True(greeted.Success);
        Assert.Equal("hello service", greeted.Message);
        Assert.False(failed.Success);
        Assert.False(unknown.Success);
    }

    [Fact]
    public async Task ReplicasShareAnEndpointAndHaveNamesOfTheirOwn()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<Projects.Toy_Service>("service").WithHttpEndpoint().WithHttpHealthCheck("/health").WithReplicas(2);

        await using var app = await builder.StartAsync();
        var pids = new HashSet<string>();
        await app.WithinAsync("both replicas to answer", async cancellation =>
        {
            while (pids.Count < 2)
            {
                // The proxy chooses a replica per connection.
                using var client = new HttpClient { BaseAddress = app.GetEndpoint("service") };
                pids.Add(await client.GetStringAsync("/pid", cancellation));
            }
        });
    }

    private static void AssertCommands(
        DistributedApplication app, string resource, ResourceCommandState start, ResourceCommandState stop, ResourceCommandState restart)
    {
        var snapshot = app.Snapshot(resource);
        Assert.Equal(start, snapshot.CommandState(KnownResourceCommands.StartCommand));
        Assert.Equal(stop, snapshot.CommandState(KnownResourceCommands.StopCommand));
        Assert.Equal(restart, snapshot.CommandState(KnownResourceCommands.RestartCommand));
    }
}
