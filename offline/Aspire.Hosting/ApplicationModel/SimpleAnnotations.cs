using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource is not started with the application.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The project's launch profile is not used.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class ExcludeLaunchProfileAnnotation : IResourceAnnotation;

/// <summary>The project does not honour forwarded headers.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;

/// <summary>The resource has no start, stop and restart commands.</summary>
internal sealed class ExcludeLifecycleCommandsAnnotation : IResourceAnnotation;

internal sealed class Http2ServiceAnnotation : IResourceAnnotation;

/// <summary>Whether the resource's endpoints may have a proxy.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Enabled = {Enabled}")]
public sealed class ProxySupportAnnotation : IResourceAnnotation
{
    /// <summary>Whether they may.</summary>
    public required bool ProxyEnabled { get; set; }
}

/// <summary>How many processes of the resource run.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Replicas = {Replicas}")]
public sealed class ReplicaAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="replicas">How many.</param>
    public ReplicaAnnotation(int replicas = 1) => Replicas = replicas;

    /// <summary>How many.</summary>
    public int Replicas { get; }
}

/// <summary>A health check that tells whether the resource is healthy.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Key = {Key}")]
public class HealthCheckAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="key">The name under which the check is registered.</param>
    public HealthCheckAnnotation(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Key = key;
    }

    /// <summary>The name under which the check is registered.</summary>
    public string Key { get; }
}

/// <summary>The icon that the dashboard shows.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, IconName = {IconName}, IconVariant = {IconVariant}")]
public sealed class ResourceIconAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="iconName">The icon's name among the Fluent icons.</param>
    /// <param name="iconVariant">Its variant.</param>
    public ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(iconName);
        (IconName, IconVariant) = (iconName, iconVariant);
    }

    /// <summary>The icon's name among the Fluent icons.</summary>
    public string IconName { get; }

    /// <summary>Its variant.</summary>
    public IconVariant IconVariant { get; }
}

/// <summary>Variants of an icon.</summary>
public enum IconVariant
{
    /// <summary>Outlined.</summary>
    Regular,

    /// <summary>Filled.</summary>
    Filled,
}

/// <summary>How two resources belong together.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Resource = {Resource.Name}, RelationshipType = {Type}")]
public sealed class ResourceRelationshipAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">How they belong together.</param>
    public ResourceRelationshipAnnotation(IResource resource, string type)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(type);
        (Resource, Type) = (resource, type);
    }

    /// <summary>The other resource.</summary>
    public IResource Resource { get; }

    /// <summary>How they belong together.</summary>
    public string Type { get; }
}

internal static class RelationshipTypes
{
    internal const string Reference = "Reference";
    internal const string WaitFor = "WaitFor";
    internal const string Parent = "Parent";
}
