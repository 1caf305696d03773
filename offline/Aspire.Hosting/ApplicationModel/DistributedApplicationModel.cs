using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the application is made of.</summary>
[DebuggerDisplay("Resources = {Resources.Count}")]
public class DistributedApplicationModel
{
    /// <summary>Makes a model.</summary>
    /// <param name="resources">The resources.</param>
    public DistributedApplicationModel(IResourceCollection resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        Resources = resources;
    }

    /// <summary>Makes a model.</summary>
    /// <param name="resources">The resources.</param>
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(new ResourceCollection(resources))
    {
    }

    /// <summary>The resources.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public IResourceCollection Resources { get; }
}
