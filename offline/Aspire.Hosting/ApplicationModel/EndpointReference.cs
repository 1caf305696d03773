using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint of a resource, by name; as a value it is the endpoint's URL.</summary>
[DebuggerDisplay("Resource = {Resource.Name}, EndpointName = {EndpointName}, IsAllocated = {IsAllocated}")]
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _endpoint;
    private bool _allocated;

    /// <summary>Makes a reference to an endpoint that is there.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="contextNetworkId">The network on which the value is meant, or null for the consumer's.</param>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint, NetworkIdentifier? contextNetworkId)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpoint);
        (Resource, EndpointName, ContextNetworkID, _endpoint) = (owner, endpoint.Name, contextNetworkId, endpoint);
    }

    /// <inheritdoc cref="EndpointReference(IResourceWithEndpoints, EndpointAnnotation, NetworkIdentifier?)" />
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint, null)
    {
    }

    /// <summary>Makes a reference to an endpoint that may be added later.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpointName">The endpoint's name.</param>
    /// <param name="contextNetworkId">The network on which the value is meant, or null for the consumer's.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName, NetworkIdentifier? contextNetworkId = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        (Resource, EndpointName, ContextNetworkID) = (owner, endpointName, contextNetworkId);
    }

    /// <inheritdoc cref="EndpointReference(IResourceWithEndpoints, string, NetworkIdentifier?)" />
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
        : this(owner, endpointName, null)
    {
    }

    /// <summary>The resource.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The endpoint's name.</summary>
    public string EndpointName { get; }

    /// <summary>The network on which the value is meant, or null for the consumer's.</summary>
    public NetworkIdentifier? ContextNetworkID { get; }

    /// <summary>What to say when the endpoint does not exist.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The endpoint.</summary>
    /// <exception cref="InvalidOperationException">The resource has no such endpoint.</exception>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(ErrorMessage ?? MissingMessage());

    /// <summary>Whether the resource has the endpoint.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the endpoint has an address.</summary>
    public bool IsAllocated => _allocated = _allocated || FindAllocated() is not null;

    /// <summary>The endpoint's scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>Whether the scheme is http.</summary>
    public bool IsHttp => Same(Scheme, "http");

    /// <summary>Whether the scheme is https.</summary>
    public bool IsHttps => Same(Scheme, "https");

    /// <summary>Whether the endpoint is named http or https.</summary>
    public bool IsHttpSchemeNamedEndpoint => Same(EndpointName, "http") || Same(EndpointName, "https");

    /// <summary>Whether clients speak TLS.</summary>
    public bool TlsEnabled => Exists && EndpointAnnotation.TlsEnabled;

    /// <summary>Whether references to all of the resource's endpoints leave this one out.</summary>
    public bool ExcludeReferenceEndpoint => Exists && EndpointAnnotation.ExcludeReferenceEndpoint;

    /// <summary>The port that consumers use.</summary>
    public int Port => Allocated.Port;

    /// <summary>The port on which the process listens, if known.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The host that consumers use.</summary>
    public string Host => Allocated.Address;

    /// <summary>The address that consumers use.</summary>
    public string Url => Allocated.UriString;

    string IManifestExpressionProvider.ValueExpression => Expression(EndpointProperty.Url);

    IEnumerable<object> IValueWithReferences.References => [Resource];

    internal AllocatedEndpoint Allocated => FindAllocated()
        ?? throw new InvalidOperationException($"The endpoint `{EndpointName}` is not allocated for the resource `{Resource.Name}`.");

    /// <summary>One part of the endpoint's address.</summary>
    /// <param name="property">Which part.</param>
    /// <returns>The part, as a value.</returns>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>A value that depends on whether clients speak TLS, decided when it is resolved.</summary>
    /// <param name="enabledValue">The value with TLS.</param>
    /// <param name="disabledValue">The value without.</param>
    /// <returns>The value.</returns>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue)
        => ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <summary>The address, waiting until it is known.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address.</returns>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <summary>The address as the consumer sees it, waiting until it is known.</summary>
    /// <param name="context">The consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The address.</returns>
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
        => Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    internal string Expression(EndpointProperty property)
    {
        string Binding(string part) => $"{{{Resource.Name}.bindings.{EndpointName}.{part}}}";
        return property switch
        {
            EndpointProperty.Url => Binding("url"),
            EndpointProperty.Host or EndpointProperty.IPV4Host => Binding("host"),
            EndpointProperty.Port => Binding("port"),
            EndpointProperty.Scheme => Binding("scheme"),
            EndpointProperty.TargetPort => Binding("targetPort"),
            EndpointProperty.HostAndPort => $"{Binding("host")}:{Binding("port")}",
            EndpointProperty.TlsEnabled => Binding("tlsEnabled"),
            _ => throw new InvalidOperationException($"The endpoint '{EndpointName}' has no property '{property}'."),
        };
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private EndpointAnnotation? Find()
        => _endpoint ??= Resource.Annotations.OfType<EndpointAnnotation>().SingleOrDefault(e => Same(e.Name, EndpointName));

    private AllocatedEndpoint? FindAllocated()
        => Find()?.AllAllocatedEndpoints.Find(ContextNetworkID ?? KnownNetworkIdentifiers.LocalhostNetwork);

    private string MissingMessage()
    {
        var names = Resource.Annotations.OfType<EndpointAnnotation>().Select(e => $"`{e.Name}`").Distinct().ToArray();
        var known = names.Length == 0 ? "The resource has no endpoints defined." : $"Available endpoints: {string.Join(", ", names)}.";
        return $"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`. {known}";
    }
}
