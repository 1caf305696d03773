using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Lets containers reach endpoints of the host. Made when the first container needs one.</summary>
internal sealed class ContainerTunnel(DistributedApplicationModel model, DcpObjects objects, DcpNames names, DcpClient client, ResourceConfiguration configuration, IOptions<DcpOptions> options) : IDisposable
{
    private const string ProxyName = "aspire-container-network-tunnelproxy";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _isMade;

    public void Dispose() => _gate.Dispose();

    internal async Task EnsureAsync(IResource container, ILogger logger, CancellationToken cancellationToken)
    {
        if (!options.Value.ContainerTunnel)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isMade && await NeedsHostAsync(container, logger, cancellationToken).ConfigureAwait(false))
            {
                await MakeAsync(cancellationToken).ConfigureAwait(false);
                _isMade = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> NeedsHostAsync(IResource container, ILogger logger, CancellationToken cancellationToken)
    {
        var values = await configuration.UnresolvedAsync(container, logger, cancellationToken).ConfigureAwait(false);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        bool Walk(object? value) => value is not null && seen.Add(value) && value switch
        {
            EndpointReference endpoint => !endpoint.Resource.IsContainer() && endpoint.ContextNetworkID != KnownNetworkIdentifiers.LocalhostNetwork,
            EndpointReferenceExpression part => part.Property is not (EndpointProperty.Scheme or EndpointProperty.TlsEnabled) && Walk(part.Endpoint),
            IResourceBuilder<IResource> builder => Walk(builder.Resource),
            IValueWithReferences composite => composite.References.Any(Walk),
            _ => false,
        };
        return values.Any(Walk);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var proxy = new DcpTunnelProxy { Spec = new() { ContainerNetworkName = ContainerPlan.NetworkName, Aliases = [KnownHostNames.DefaultContainerTunnelHostName] } };
        proxy.Metadata.Name = ProxyName;
        var tunnels = new List<(ServiceObject Server, string Client)>();
        foreach (var server in objects.Services.Where(CanBeReached))
        {
            var service = ClientService(server);
            await client.CreateAsync(service, cancellationToken).ConfigureAwait(false);
            proxy.Spec.Tunnels.Add(new DcpTunnel { Name = service.Metadata.Name, ServerServiceName = server.Name, ClientServiceName = service.Metadata.Name });
            tunnels.Add((server, service.Metadata.Name));
        }

        await client.CreateAsync(proxy, cancellationToken).ConfigureAwait(false);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await RunningAsync(limit.Token).ConfigureAwait(false);
        foreach (var (server, name) in tunnels)
        {
            var port = await PortAsync(name, limit.Token).ConfigureAwait(false);
            EndpointAllocation.InContainerNetwork(server.Endpoint, KnownHostNames.DefaultContainerTunnelHostName, port, EndpointAllocation.PortTemplate(name));
        }
    }

    // One without a proxy has an address while its process runs alone, and that process may wait for this very container.
    private bool CanBeReached(ServiceObject server)
        => model.Resources.Contains(server.Resource) && !server.Resource.IsContainer()
            && server.Endpoint is { IsProxied: true, Protocol: System.Net.Sockets.ProtocolType.Tcp };

    private DcpService ClientService(ServiceObject server)
    {
        var service = new DcpService();
        service.Metadata.Name = names.Unique($"{server.Name}-aspire-container-network");
        service.Metadata[DcpAnnotations.ResourceName] = server.Resource.Name;
        service.Metadata[DcpAnnotations.EndpointName] = server.Endpoint.Name;
        service.Metadata[DcpAnnotations.ContainerNetwork] = ContainerPlan.NetworkName;
        service.Metadata[DcpAnnotations.TunnelInstance] = ProxyName;
        service.Spec.Protocol = "TCP";
        service.Spec.AddressAllocationMode = "Proxyless";
        return service;
    }

    private async Task RunningAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var proxy = await client.GetAsync<DcpTunnelProxy>(ProxyName, cancellationToken).ConfigureAwait(false);
            switch (proxy?.Status?.State)
            {
                case "Running":
                    return;
                case "Failed":
                    throw new DistributedApplicationException("The tunnel by which containers reach the host could not be made.");
                default:
                    await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    private async Task<int> PortAsync(string service, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await client.GetAsync<DcpService>(service, cancellationToken).ConfigureAwait(false);
            if (found?.Status?.EffectivePort is > 0 and var port)
            {
                return port;
            }

            await Task.Delay(PollInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
