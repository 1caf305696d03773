using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application.</summary>
public interface IResourceCollection : IList<IResource>
{
    /// <summary>Looks a resource up by name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="resource">The resource.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = this.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
        return resource is not null;
    }
}

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    internal ResourceCollection()
    {
    }

    internal ResourceCollection(IEnumerable<IResource> resources)
        : base(resources.ToList())
    {
    }

    protected override void InsertItem(int index, IResource item)
    {
        if (this.FirstOrDefault(r => string.Equals(r.Name, item.Name, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            throw new DistributedApplicationException($"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because resource of type '{known.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        base.InsertItem(index, item);
    }
}
