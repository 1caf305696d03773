using System.Diagnostics;
using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place on which a resource listens.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private int? _port;
    private int? _targetPort;
    private bool _portCleared;
    private bool _targetPortCleared;
    private bool? _tls;
    private bool _proxied = true;
    private bool? _explicitlyProxied;

    /// <summary>Makes an endpoint.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="networkId">The network it is declared on; by default the host's loopback.</param>
    /// <param name="uriScheme">The scheme; by default the protocol's name.</param>
    /// <param name="transport">The transport; by default derived from the scheme.</param>
    /// <param name="name">The name; by default the scheme.</param>
    /// <param name="port">The port that consumers use; by default any free one.</param>
    /// <param name="targetPort">The port on which the process listens; by default any free one.</param>
    /// <param name="isExternal">Whether it is meant for the outside.</param>
    /// <param name="isProxied">Whether a proxy stands before the process; by default yes.</param>
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        Name = name ?? UriScheme;
        ModelName.Validate(nameof(EndpointAnnotation), Name);
        Protocol = protocol;
        (_transport, _port, _targetPort) = (transport, port, targetPort);
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
        AllAllocatedEndpoints.SnapshotFor(DefaultNetworkID);
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, NetworkIdentifier?, string?, string?, string?, int?, int?, bool?, bool?)" />
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme, string? transport, [EndpointName] string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, networkId, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, NetworkIdentifier?, string?, string?, string?, int?, int?, bool?, bool?)" />
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, NetworkIdentifier?, string?, string?, string?, int?, int?, bool?, bool?)" />
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme, string? transport, [EndpointName] string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>The name, unique on the resource.</summary>
    public string Name { get; set; }

    /// <summary>TCP or UDP.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The scheme.</summary>
    public string UriScheme { get; set; }

    /// <summary>The host on which it listens.</summary>
    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    /// <summary>Whether it is meant for the outside.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether references to all of the resource's endpoints leave this one out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>The network it is declared on.</summary>
    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>The addresses on every network.</summary>
    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; } = [];

    /// <summary>The port that consumers use. Without a proxy it is the target port unless set.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied || _portCleared ? null : _targetPort);
        set => (_port, _portCleared) = (value, value is null);
    }

    /// <summary>The port on which the process listens. Without a proxy it is the port unless set.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied || _targetPortCleared ? null : _port);
        set => (_targetPort, _targetPortCleared) = (value, value is null);
    }

    /// <summary>The transport: <c>http</c>, <c>http2</c> or the protocol's name.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme.ToLowerInvariant() is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>Whether clients speak TLS; by default where the scheme is https.</summary>
    public bool TlsEnabled
    {
        get => _tls ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tls = value;
    }

    /// <summary>Whether a proxy stands before the process.</summary>
    public bool IsProxied
    {
        get => _proxied;
        set => (_proxied, _explicitlyProxied) = (value, value);
    }

    /// <summary>What was said about the proxy, or null.</summary>
    public bool? IsExplicitlyProxied
    {
        get => _explicitlyProxied;
        set => (_explicitlyProxied, _proxied) = (value, value ?? true);
    }

    /// <summary>The address on the endpoint's own network, or null while it is not known.</summary>
    /// <exception cref="InvalidOperationException">The address belongs to another network.</exception>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => AllAllocatedEndpoints.Find(DefaultNetworkID);
        set
        {
            var snapshot = AllAllocatedEndpoints.SnapshotFor(DefaultNetworkID);
            if (value is null)
            {
                snapshot.SetException(new InvalidOperationException($"The endpoint `{Name}` is not allocated"));
                return;
            }

            if (value.NetworkID != DefaultNetworkID)
            {
                throw new InvalidOperationException($"The endpoint `{Name}` is declared on network '{DefaultNetworkID.Value}', the address belongs to '{value.NetworkID.Value}'.");
            }

            snapshot.SetValue(value);
        }
    }

    internal int? SpecifiedPort => _port;

    internal bool FromLaunchProfile { get; set; }

    internal string? TargetPortEnvironmentVariable { get; set; }

    internal void ResolveProxy(bool proxied) => _proxied = proxied;
}
