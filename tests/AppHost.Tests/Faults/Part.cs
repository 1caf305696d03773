using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>A part of the stack that dies as by a power cut, and is started again.</summary>
internal sealed class Part(StackFixture stack, string name)
{
    private const string ProcessId = "executable.pid";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Kills it with all that it has started; returns once the stack knows.</summary>
    public async Task KillAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        Assert.True(stack.Application.ResourceNotifications.TryGetCurrentState(name, out var state), $"There is no {name}.");
        var pid = state.Snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value;
        Assert.SkipWhen(pid is null, $"{name} is no process of this machine.");
        using (var process = Process.GetProcessById(Convert.ToInt32(pid, System.Globalization.CultureInfo.InvariantCulture)))
        {
            process.Kill(entireProcessTree: true);
        }

        await stack.Application.ResourceNotifications.WaitForResourceAsync(
            name, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text), patience.Token);
    }

    /// <summary>Starts it; returns when it is healthy.</summary>
    public async Task<DateTimeOffset> StartAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand, patience.Token);
        Assert.True(result.Success, $"{name} was not started: {result.Message}");
        try
        {
            await stack.Application.ResourceNotifications.WaitForResourceHealthyAsync(name, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{name} is not back after {Patience.TotalMinutes:0} minutes.\n{stack.Describe()}");
        }

        return DateTimeOffset.UtcNow;
    }
}
