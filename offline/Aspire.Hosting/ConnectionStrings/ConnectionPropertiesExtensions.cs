namespace Aspire.Hosting;

/// <summary>Combines the parts of connections.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>A resource's parts with further ones, which win where both have a part.</summary>
    /// <param name="source">The resource.</param>
    /// <param name="additional">The further ones.</param>
    /// <returns>All parts.</returns>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(this IResourceWithConnectionString source, IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        ArgumentNullException.ThrowIfNull(source);
        var combined = new Dictionary<string, ReferenceExpression>(source.GetConnectionProperties(), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in additional)
        {
            combined[name] = value;
        }

        return combined;
    }
}
