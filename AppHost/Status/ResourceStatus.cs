using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedStack.AppHost.Status;

/// <summary>Where a resource stands.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Id">The name its logs go by.</param>
/// <param name="RunsToCompletion">Whether others wait for its end.</param>
/// <param name="Snapshot">What is known of it.</param>
/// <param name="Since">How long after the start it came to this.</param>
internal sealed record ResourceStatus(
    IResource Resource, string Id, bool RunsToCompletion, CustomResourceSnapshot? Snapshot, TimeSpan Since)
{
    public string State => Snapshot?.State?.Text ?? "Starting";

    public HealthStatus? Health => Snapshot?.HealthStatus;

    public bool IsReady => RunsToCompletion
        ? HasEnded && Snapshot?.ExitCode is 0
        : State == KnownResourceStates.Running && Health is HealthStatus.Healthy;

    public bool HasFailed =>
        State == KnownResourceStates.FailedToStart
        || State == KnownResourceStates.RuntimeUnhealthy
        || (HasEnded && !IsReady);

    private bool HasEnded => KnownResourceStates.TerminalStates.Contains(State);

    /// <summary>Whether this says more than an earlier report of the same resource.</summary>
    public bool DiffersFrom(ResourceStatus other) => (State, Health, Snapshot?.ExitCode) != (other.State, other.Health, other.Snapshot?.ExitCode);
}
