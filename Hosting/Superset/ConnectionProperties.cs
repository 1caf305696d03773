using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Superset;

/// <summary>The connection properties of a resource by name; a name given twice means its last value.</summary>
internal sealed class ConnectionProperties(IResource resource, Dictionary<string, ReferenceExpression> properties)
{
    public IEnumerable<KeyValuePair<string, ReferenceExpression>> All => properties;

    public ReferenceExpression this[string name] =>
        properties.TryGetValue(name, out var value)
            ? value
            : throw new DistributedApplicationException($"The resource '{resource.Name}' has no connection property '{name}'.");

    /// <summary>A property that not every database has.</summary>
    public ReferenceExpression? Find(string name) => properties.GetValueOrDefault(name);

    public static ConnectionProperties Of(IResourceWithConnectionString resource)
    {
        var properties = new Dictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in resource.GetConnectionProperties())
        {
            properties[name] = value;
        }

        return new(resource, properties);
    }
}
