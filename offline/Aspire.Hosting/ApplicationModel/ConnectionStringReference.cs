namespace Aspire.Hosting.ApplicationModel;

/// <summary>The connection string of a resource.</summary>
public class ConnectionStringReference : IExpressionValue, IValueWithReferences
{
    /// <summary>Makes the reference.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="optional">Whether an empty connection string is accepted.</param>
    public ConnectionStringReference(IResourceWithConnectionString resource, bool optional)
    {
        ArgumentNullException.ThrowIfNull(resource);
        (Resource, Optional) = (resource, optional);
    }

    /// <summary>The resource.</summary>
    public IResourceWithConnectionString Resource { get; }

    /// <summary>Whether an empty connection string is accepted.</summary>
    public bool Optional { get; }

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken)
        => RequireAsync(Resource.GetValueAsync(cancellationToken));

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
        => RequireAsync(Resource.GetValueAsync(context, cancellationToken));

    internal async ValueTask<string?> RequireAsync(ValueTask<string?> value)
    {
        var text = await value.ConfigureAwait(false);
        return string.IsNullOrEmpty(text) && !Optional
            ? throw new DistributedApplicationException($"The connection string for the resource '{Resource.Name}' is not available.")
            : text;
    }
}
