namespace Aspire.Hosting.Parameters;

/// <summary>A connection string that configuration has.</summary>
internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
{
    internal ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
        : base(name, callback, secret: true)
        => (IsConnectionString, ConnectionStringEnvironmentVariable) = (true, environmentVariableName);

    public string? ConnectionStringEnvironmentVariable { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) => GetValueAsync(cancellationToken);

    IEnumerable<object> IValueWithReferences.References => [];
}
