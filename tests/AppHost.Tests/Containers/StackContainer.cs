using System.Diagnostics;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;

namespace EmbedStack.AppHost.Tests.Containers;

/// <summary>A container of the stack, asked through the container runtime that runs it.</summary>
internal sealed class StackContainer(StackFixture stack, string resource)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The program that the engine runs containers by.</summary>
    public static string Runtime { get; } = Environment.GetEnvironmentVariable("ASPIRE_CONTAINER_RUNTIME") is { Length: > 0 } named ? named : "docker";

    private string Id
    {
        get
        {
            Assert.True(stack.Application.ResourceNotifications.TryGetCurrentState(resource, out var state), $"There is no {resource}.");
            var id = state.Snapshot.Properties.FirstOrDefault(property => property.Name == "container.id")?.Value as string;
            return id ?? throw new InvalidOperationException($"{resource} is no container.\n{stack.Describe()}");
        }
    }

    /// <summary>What the container runtime itself says.</summary>
    public static Task<ProcessRun> AskAsync(params string[] arguments) => ProcessRun.OfAsync(new ProcessStartInfo(Runtime, arguments), Patience);

    /// <summary>Runs a command of the container's shell in it, as its user.</summary>
    public Task<ProcessRun> RunAsync(string command) => AskAsync("exec", Id, "sh", "-c", command);

    /// <summary>What is known of the container, by a template.</summary>
    public async Task<string> InspectAsync(string template)
    {
        var run = await AskAsync("inspect", "--format", template, Id);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Trim();
    }
}
