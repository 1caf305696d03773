using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of an endpoint's address.</summary>
[DebuggerDisplay("EndpointExpression = {ValueExpression}, Property = {Property}, Endpoint = {Endpoint.EndpointName}")]
public class EndpointReferenceExpression : IExpressionValue, IValueWithReferences
{
    /// <summary>Makes the expression.</summary>
    /// <param name="endpointReference">The endpoint.</param>
    /// <param name="property">Which part.</param>
    public EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property)
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        (Endpoint, Property) = (endpointReference, property);
    }

    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; }

    /// <summary>Which part.</summary>
    public EndpointProperty Property { get; }

    /// <inheritdoc />
    public string ValueExpression => Endpoint.Expression(Property);

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <summary>The part, waiting until it is known.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The part.</returns>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        => GetValueAsync(new ValueProviderContext(), cancellationToken);

    /// <summary>The part as the consumer sees it, waiting until it is known.</summary>
    /// <param name="context">The consumer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The part.</returns>
    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        var network = Endpoint.ContextNetworkID ?? context.ResolveNetwork();
        switch (Property)
        {
            case EndpointProperty.Scheme:
                return Endpoint.Scheme;
            case EndpointProperty.TlsEnabled:
                return Endpoint.TlsEnabled ? bool.TrueString : bool.FalseString;
            case EndpointProperty.IPV4Host when network == KnownNetworkIdentifiers.LocalhostNetwork:
                return "127.0.0.1";
            case EndpointProperty.TargetPort when Endpoint.TargetPort is { } port:
                return port.ToString(CultureInfo.InvariantCulture);
        }

        var allocated = await Endpoint.EndpointAnnotation.AllAllocatedEndpoints.GetAllocatedEndpointAsync(network, cancellationToken).ConfigureAwait(false);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host or EndpointProperty.IPV4Host => allocated.Address,
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.HostAndPort => allocated.EndPointString,
            EndpointProperty.TargetPort => allocated.TargetPortExpression
                ?? throw new InvalidOperationException($"The target port of endpoint '{Endpoint.EndpointName}' is not known."),
            _ => throw new InvalidOperationException($"The endpoint '{Endpoint.EndpointName}' has no property '{Property}'."),
        };
    }
}

/// <summary>The parts of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary>Scheme, host and port.</summary>
    Url,

    /// <summary>The host.</summary>
    Host,

    /// <summary>The host as an IPv4 address where it is the loopback.</summary>
    IPV4Host,

    /// <summary>The port that consumers use.</summary>
    Port,

    /// <summary>The scheme.</summary>
    Scheme,

    /// <summary>The port on which the process listens.</summary>
    TargetPort,

    /// <summary>Host and port.</summary>
    HostAndPort,

    /// <summary><c>True</c> or <c>False</c>.</summary>
    TlsEnabled,
}
