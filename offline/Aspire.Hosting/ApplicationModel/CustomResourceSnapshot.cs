using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource at one moment.</summary>
[DebuggerDisplay("ResourceType = {ResourceType,nq}, State = {State?.Text,nq}, HealthStatus = {HealthStatus?.ToString(),nq}")]
public sealed record CustomResourceSnapshot
{
    /// <summary>The kind of resource.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What else is known.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was made.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>Its state.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>How it ended; -1 after a signal.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its health: null while it does not run; healthy where nothing is checked; else the worst report.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running
        ? null
        : HealthReports.IsDefaultOrEmpty
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
            : HealthReports.Min(r => r.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    /// <summary>What its health checks say.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>Its environment.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its addresses.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Its volumes.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>What belongs to it.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>What can be done with it.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Whether the dashboard hides it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Its icon.</summary>
    public string? IconName { get; init; }

    /// <summary>Its icon's variant.</summary>
    public IconVariant? IconVariant { get; init; }

    /// <summary>Counts the changes of one resource, from 1.</summary>
    internal long Version { get; init; }

    /// <summary>The handlers of the resource's ready event, once it has been raised.</summary>
    internal ReadyHandlers? ReadyHandlers { get; init; }
}

/// <summary>The handlers of a resource's ready event.</summary>
/// <param name="Completion">Ends when all have ended, and fails where one failed.</param>
internal sealed record ReadyHandlers(Task Completion);

/// <summary>Changes snapshots.</summary>
public static class CustomResourceSnapshotExtensions
{
    /// <summary>The snapshot with other health reports.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="healthReports">The reports.</param>
    /// <returns>The new snapshot.</returns>
    public static CustomResourceSnapshot WithHealthReports(this CustomResourceSnapshot snapshot, ImmutableArray<HealthReportSnapshot> healthReports)
        => snapshot with { HealthReports = healthReports };
}
