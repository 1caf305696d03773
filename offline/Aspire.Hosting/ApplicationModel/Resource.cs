using System.Collections.ObjectModel;
using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Base of resources.</summary>
[DebuggerDisplay("{Name}")]
public abstract class Resource : IResource
{
    /// <summary>Makes a resource.</summary>
    /// <param name="name">The resource's name.</param>
    protected Resource(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <inheritdoc />
    public virtual string Name { get; }

    /// <inheritdoc />
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}

/// <summary>The annotations of one resource.</summary>
public sealed class ResourceAnnotationCollection : Collection<IResourceAnnotation>;

/// <summary>What happens to earlier annotations of the same type.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>They stay.</summary>
    Append,

    /// <summary>They are removed.</summary>
    Replace,
}
