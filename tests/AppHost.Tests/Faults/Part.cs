using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>A part of the stack, with all of its instances or some, that dies as by a power cut, and is started again.</summary>
internal sealed class Part(StackFixture stack, params string[] names)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Kills it with all that it has started; returns once the stack knows.</summary>
    public Task KillAsync() => Task.WhenAll(names.Select(KillAsync));

    /// <summary>Stops it as the dashboard does, which lets it finish what it has begun; returns once it is gone.</summary>
    public Task StopAsync() => Task.WhenAll(names.Select(StopAsync));

    /// <summary>Starts it; returns when it is healthy.</summary>
    public async Task<DateTimeOffset> StartAsync()
    {
        await Task.WhenAll(names.Select(StartAsync));
        return DateTimeOffset.UtcNow;
    }

    private async Task KillAsync(string name)
    {
        var part = RunningPart.Of(stack.Application, name);
        if (part.Container is not null)
        {
            var killed = await ProcessRun.OfAsync(new(ContainerTool.Name, ["kill", "--signal", "KILL", part.Container]), Patience);
            Assert.True(killed.ExitCode == 0, $"{name} was not killed: {killed.Error}");
        }
        else
        {
            using var process = Process.GetProcessById(part.Process!.Value);
            process.Kill(entireProcessTree: true);
        }

        await EndAsync(name);
    }

    private async Task StopAsync(string name)
    {
        await ExecuteAsync(name, KnownResourceCommands.StopCommand);
        await EndAsync(name);
    }

    private async Task StartAsync(string name)
    {
        await ExecuteAsync(name, KnownResourceCommands.StartCommand);
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await stack.Application.ResourceNotifications.WaitForResourceHealthyAsync(name, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{name} is not back after {Patience.TotalMinutes:0} minutes.\n{stack.Describe()}");
        }
    }

    private async Task ExecuteAsync(string name, string command)
    {
        using var patience = new CancellationTokenSource(Patience);
        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(name, command, patience.Token);
        Assert.True(result.Success, $"{command} of {name}: {result.Message}");
    }

    private async Task EndAsync(string name)
    {
        using var patience = new CancellationTokenSource(Patience);
        await stack.Application.ResourceNotifications.WaitForResourceAsync(
            name, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), patience.Token);
    }
}
