namespace Aspire.Hosting;

/// <summary>A connection string made of values.</summary>
public sealed class ConnectionStringResource : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="connectionStringExpression">The connection string.</param>
    public ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(connectionStringExpression);
        ConnectionStringExpression = connectionStringExpression;
    }

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression { get; }
}
