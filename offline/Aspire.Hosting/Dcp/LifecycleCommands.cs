using Aspire.Hosting.Orchestration;

namespace Aspire.Hosting.Dcp;

/// <summary>The commands start, stop and restart of every process and container.</summary>
internal static class LifecycleCommands
{
    internal static void Add(IResource resource)
    {
        if (resource.HasAnnotationOfType<ExcludeLifecycleCommandsAnnotation>())
        {
            return;
        }

        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", isHighlighted: true, StartState, (o, name, token) => o.StartResourceAsync(name, token));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", isHighlighted: true, StopState, (o, name, token) => o.StopResourceAsync(name, token));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", isHighlighted: false, RestartState, (o, name, token) => o.RestartResourceAsync(name, token));
    }

    private static void Add(IResource resource, string name, string display, string icon, bool isHighlighted, Func<string?, ResourceCommandState> state, Func<ApplicationOrchestrator, string, CancellationToken, Task> execute)
    {
        if (resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
        {
            return;
        }

        resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            display,
            context => state(context.ResourceSnapshot.State?.Text),
            async context =>
            {
                await execute(context.Services.GetRequiredService<ApplicationOrchestrator>(), context.ResourceName, context.CancellationToken).ConfigureAwait(false);
                return CommandResults.Success();
            },
            $"{display} resource",
            parameter: null,
            confirmationMessage: null,
            icon,
            IconVariant.Filled,
            isHighlighted));
    }

    private static ResourceCommandState StartState(string? state)
        => IsStarting(state) ? ResourceCommandState.Disabled
            : IsStopped(state) || IsWaiting(state) ? ResourceCommandState.Enabled
            : ResourceCommandState.Hidden;

    private static ResourceCommandState StopState(string? state)
        => state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled
            : !IsStopped(state) && !IsStarting(state) && !IsWaiting(state) ? ResourceCommandState.Enabled
            : ResourceCommandState.Hidden;

    private static ResourceCommandState RestartState(string? state)
        => state == KnownResourceStates.Stopping || IsStopped(state) || IsStarting(state) || IsWaiting(state)
            ? ResourceCommandState.Disabled
            : ResourceCommandState.Enabled;

    private static bool IsStopped(string? state)
        => KnownResourceStates.IsTerminal(state) || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Unknown;

    private static bool IsStarting(string? state)
        => string.IsNullOrEmpty(state) || state == KnownResourceStates.Starting || state == KnownResourceStates.Building || state == KnownResourceStates.RuntimeUnhealthy;

    private static bool IsWaiting(string? state) => state == KnownResourceStates.Waiting;
}
