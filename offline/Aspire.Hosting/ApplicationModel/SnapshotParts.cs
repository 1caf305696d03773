using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource's state.</summary>
/// <param name="Text">The state.</param>
/// <param name="Style">How the dashboard colours it.</param>
[DebuggerDisplay("{Text}")]
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a colour of its own.</summary>
    /// <param name="s">The state.</param>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}

/// <summary>An environment variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">Whether the application set it, rather than its surroundings.</param>
[DebuggerDisplay("{Value}", Name = "{Name}")]
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>An address.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Whether it is shown in the details only.</param>
[DebuggerDisplay("{Url}", Name = "{Name}")]
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>Whether nobody listens now.</summary>
    public bool IsInactive { get; init; }

    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How an address is shown.</summary>
/// <param name="DisplayName">The text shown instead.</param>
/// <param name="SortOrder">Its place; higher comes first.</param>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A volume.</summary>
/// <param name="Source">The volume's name or the host's path.</param>
/// <param name="Target">The path in the container.</param>
/// <param name="MountType">Its kind.</param>
/// <param name="IsReadOnly">Whether it is read-only.</param>
[DebuggerDisplay("{Source}", Name = "{Target}")]
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A resource that belongs to another.</summary>
/// <param name="ResourceName">The other's name.</param>
/// <param name="Type">How they belong together.</param>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>Something known about a resource.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">The value.</param>
[DebuggerDisplay("{Value}", Name = "{Name}")]
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value is a secret.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>What a health check says.</summary>
/// <param name="Name">The check.</param>
/// <param name="Status">Its verdict; null while it has not run.</param>
/// <param name="Description">Why.</param>
/// <param name="ExceptionText">The exception behind it.</param>
[DebuggerDisplay("{Status}", Name = "{Name}")]
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it last ran.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A command of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it can be used now.</param>
/// <param name="DisplayName">The name shown.</param>
/// <param name="DisplayDescription">The description shown.</param>
/// <param name="Parameter">Not used.</param>
/// <param name="ConfirmationMessage">The question asked first.</param>
/// <param name="IconName">Its icon.</param>
/// <param name="IconVariant">Its icon's variant.</param>
/// <param name="IsHighlighted">Whether it is shown beside the resource.</param>
[DebuggerDisplay("{State}", Name = "{Name}")]
public sealed record ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, object? Parameter, string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    /// <summary>Who may use it.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}

/// <summary>Names of properties that the dashboard knows.</summary>
public static class CustomResourceKnownProperties
{
    /// <summary>Where the resource comes from.</summary>
    public static string Source => "resource.source";

    /// <summary>The connection string.</summary>
    public static string ConnectionString => "resource.connectionString";
}

/// <summary>The first state of a resource, before anything has happened.</summary>
public class ResourceSnapshotAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="initialSnapshot">The state.</param>
    public ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot)
    {
        ArgumentNullException.ThrowIfNull(initialSnapshot);
        InitialSnapshot = initialSnapshot;
    }

    /// <summary>The state.</summary>
    public CustomResourceSnapshot InitialSnapshot { get; }
}
