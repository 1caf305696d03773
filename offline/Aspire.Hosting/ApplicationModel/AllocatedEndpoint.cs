using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint with its address on one network.</summary>
[DebuggerDisplay("{UriString}")]
public class AllocatedEndpoint
{
    /// <summary>Makes an allocated endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="address">The host that consumers use.</param>
    /// <param name="port">The port that consumers use, 1 to 65535.</param>
    /// <param name="bindingMode">The addresses on which it listens.</param>
    /// <param name="targetPortExpression">The port on which the process itself listens, possibly a template.</param>
    /// <param name="networkId">The network; by default the endpoint's own.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null, NetworkIdentifier? networkId = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        (Endpoint, Address, Port, BindingMode) = (endpoint, address, port, bindingMode);
        TargetPortExpression = targetPortExpression;
        NetworkID = networkId ?? endpoint.DefaultNetworkID;
    }

    /// <inheritdoc cref="AllocatedEndpoint(EndpointAnnotation, string, int, EndpointBindingMode, string?, NetworkIdentifier?)" />
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null)
        : this(endpoint, address, port, bindingMode, targetPortExpression, null)
    {
    }

    /// <inheritdoc cref="AllocatedEndpoint(EndpointAnnotation, string, int, EndpointBindingMode, string?, NetworkIdentifier?)" />
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
        : this(endpoint, address, port, EndpointBindingMode.SingleAddress, targetPortExpression, null)
    {
    }

    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; }

    /// <summary>The host that consumers use.</summary>
    public string Address { get; }

    /// <summary>The port that consumers use.</summary>
    public int Port { get; }

    /// <summary>The addresses on which it listens.</summary>
    public EndpointBindingMode BindingMode { get; }

    /// <summary>The network on which the address holds.</summary>
    public NetworkIdentifier NetworkID { get; }

    /// <summary>The port on which the process itself listens, possibly a template.</summary>
    public string? TargetPortExpression { get; }

    /// <summary>The endpoint's scheme.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary>Host and port.</summary>
    public string EndPointString => $"{Address}:{Port}";

    /// <summary>Scheme, host and port.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <inheritdoc />
    public override string ToString() => UriString;
}

/// <summary>The addresses on which an endpoint listens.</summary>
public enum EndpointBindingMode
{
    /// <summary>One.</summary>
    SingleAddress,

    /// <summary>All, of both families.</summary>
    DualStackAnyAddresses,

    /// <summary>All of IPv4.</summary>
    IPv4AnyAddresses,

    /// <summary>All of IPv6.</summary>
    IPv6AnyAddresses,
}
