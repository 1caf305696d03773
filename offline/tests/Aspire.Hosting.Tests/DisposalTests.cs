namespace EmbedStack.Offline.Tests;

/// <summary>Tests that look at every engine of this process: no other test may run one meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Nothing is left running of an application that is disposed.</summary>
[Collection(nameof(Alone))]
public sealed class DisposalTests
{
    [Fact]
    public async Task DisposalEndsEveryProcessTheEnginesIncluded()
    {
        IReadOnlySet<int> processes;
        await using (var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>())
        {
            await using var app = await builder.StartAsync();
            await app.WaitForStateAsync("sleeper", KnownResourceStates.Running);
            await app.WaitForStateAsync("stubborn", KnownResourceStates.Running);
            processes = EngineProcesses.Of(Environment.ProcessId);
            Assert.True(processes.Count >= 5, $"Engine, controllers, service, sleeper and stubborn make more than {processes.Count} processes.");
        }

        await ShutdownTests.AssertEndedAsync(processes);
    }

    [Fact]
    public async Task DisposalBeforeTheStartEndsTheEntryPoint()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>();
        await builder.DisposeAsync();

        await Assert.ThrowsAnyAsync<ObjectDisposedException>(() => builder.BuildAsync());
        Assert.Empty(EngineProcesses.Of(Environment.ProcessId));
    }
}
