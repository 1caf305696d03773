using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Image = {Image}, Tag = {Tag}, SHA256 = {SHA256}")]
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _sha256;

    /// <summary>The registry.</summary>
    public string? Registry { get; set; }

    /// <summary>The image's name.</summary>
    public required string Image { get; set; }

    /// <summary>The tag; setting it clears the digest.</summary>
    public string? Tag
    {
        get => _tag;
        set => (_tag, _sha256) = (value, value is null ? _sha256 : null);
    }

    /// <summary>The digest; setting it clears the tag.</summary>
    public string? SHA256
    {
        get => _sha256;
        set => (_sha256, _tag) = (value, value is null ? _tag : null);
    }

    internal string FullName
    {
        get
        {
            var name = string.IsNullOrEmpty(Registry) ? Image : $"{Registry}/{Image}";
            return SHA256 is not null ? $"{name}@sha256:{SHA256}" : Tag is not null ? $"{name}:{Tag}" : name;
        }
    }
}

/// <summary>When the image is pulled.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class ContainerImagePullPolicyAnnotation : IResourceAnnotation
{
    /// <summary>When.</summary>
    public required ImagePullPolicy ImagePullPolicy { get; set; }
}

/// <summary>When an image is pulled.</summary>
public enum ImagePullPolicy
{
    /// <summary>As the runtime does.</summary>
    Default,

    /// <summary>Each time.</summary>
    Always,

    /// <summary>When it is not there.</summary>
    Missing,

    /// <summary>Not at all.</summary>
    Never,
}

/// <summary>How long a container lives.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    /// <summary>How long.</summary>
    public required ContainerLifetime Lifetime { get; set; }
}

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the AppHost.</summary>
    Session,

    /// <summary>Longer than the AppHost.</summary>
    Persistent,
}

/// <summary>A volume or a path of the host in a container.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Source = {Source}, Target = {Target}")]
public sealed class ContainerMountAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="source">The volume's name or the host's absolute path; null for a volume without a name.</param>
    /// <param name="target">The path in the container.</param>
    /// <param name="type">Which of the two.</param>
    /// <param name="isReadOnly">Whether it is read-only.</param>
    public ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    {
        if (type == ContainerMountType.BindMount && !Path.IsPathRooted(source))
        {
            throw new ArgumentException("Bind mounts must specify an absolute path as the source unless the source is a named volume.", nameof(source));
        }

        ArgumentNullException.ThrowIfNull(target);
        (Source, Target, Type, IsReadOnly) = (source, target, type, isReadOnly);
    }

    /// <summary>The volume's name or the host's path.</summary>
    public string? Source { get; }

    /// <summary>The path in the container.</summary>
    public string Target { get; }

    /// <summary>Which of the two.</summary>
    public ContainerMountType Type { get; }

    /// <summary>Whether it is read-only.</summary>
    public bool IsReadOnly { get; }
}

/// <summary>Kinds of mounts.</summary>
public enum ContainerMountType
{
    /// <summary>A path of the host.</summary>
    BindMount,

    /// <summary>A volume.</summary>
    Volume,
}

/// <summary>The container's name.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class ContainerNameAnnotation : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public required string Name { get; set; }
}

/// <summary>A further name of the container in its network.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Alias = {Alias}, Network = {Network}")]
public sealed class ContainerNetworkAliasAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="alias">The name.</param>
    public ContainerNetworkAliasAnnotation(string alias) => Alias = alias;

    /// <summary>The name.</summary>
    public string Alias { get; }

    /// <summary>The network.</summary>
    public NetworkIdentifier Network { get; set; } = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
}
