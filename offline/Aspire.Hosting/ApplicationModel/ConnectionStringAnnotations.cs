namespace Aspire.Hosting.ApplicationModel;

/// <summary>A further part of a resource's connection.</summary>
public sealed class ConnectionPropertyAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="referenceExpression">The part's value.</param>
    public ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(referenceExpression);
        (Name, Value) = (name, referenceExpression);
    }

    /// <summary>The part's name.</summary>
    public string Name { get; }

    /// <summary>The part's value.</summary>
    public ReferenceExpression Value { get; }
}

/// <summary>Another resource whose connection string stands in for this one's.</summary>
public class ConnectionStringRedirectAnnotation : IResourceAnnotation
{
    /// <summary>Makes the annotation.</summary>
    /// <param name="resource">The other resource.</param>
    public ConnectionStringRedirectAnnotation(IResourceWithConnectionString resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resource = resource;
    }

    /// <summary>The other resource.</summary>
    public IResourceWithConnectionString Resource { get; }
}
