namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that clients reach by a connection string.</summary>
public interface IResourceWithConnectionString : IResource, IExpressionValue, IValueWithReferences
{
    /// <summary>The connection string, resolved for each consumer.</summary>
    ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>The environment variable for it, or null for <c>ConnectionStrings__name</c>.</summary>
    string? ConnectionStringEnvironmentVariable => null;

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";

    IEnumerable<object> IValueWithReferences.References => [ConnectionStringExpression];

    /// <summary>The connection string as seen from this process.</summary>
    /// <param name="cancellationToken">Ends the wait for endpoints.</param>
    /// <returns>The connection string.</returns>
    ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => ConnectionStringExpression.GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken)
        => GetConnectionStringAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
        => ConnectionStringExpression.GetValueAsync(context, cancellationToken);

    /// <summary>The parts of the connection, each by its name.</summary>
    /// <returns>Names and values.</returns>
    IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() => [];
}
