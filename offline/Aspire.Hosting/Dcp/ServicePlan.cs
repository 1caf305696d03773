using System.Net.Sockets;
using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Dcp;

/// <summary>Makes a service for every endpoint.</summary>
internal sealed class ServicePlan(DistributedApplicationModel model, DcpObjects objects, DcpNames names, ProxylessPorts ports, IOptions<DcpOptions> options)
{
    internal void Prepare()
    {
        var producers = model.Resources
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>().Select(e => (Resource: r, Endpoint: e)))
            .ToArray();
        foreach (var (resource, endpoint) in producers)
        {
            endpoint.ResolveProxy(resource.SupportsProxy() && (endpoint.IsExplicitlyProxied ?? true));
            Validate(resource, endpoint);
            if (FixedPort(resource, endpoint) is { } port)
            {
                ports.Exclude(port);
            }
        }

        foreach (var (resource, endpoint) in producers)
        {
            AllocateProxylessPort(resource, endpoint);
            objects.Services.Add(new ServiceObject(resource, endpoint, Service(resource, endpoint)));
        }
    }

    private static int? Normalize(int? port) => port is 0 ? null : port;

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.IsContainer())
        {
            if (Normalize(endpoint.TargetPort) is null)
            {
                throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for container resource '{resource.Name}' must specify the TargetPort value");
            }
        }
        else if (!endpoint.IsProxied && endpoint.Port is not null && endpoint.Port != endpoint.TargetPort)
        {
            throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for resource '{resource.Name}' is not using a proxy, and it has a value of Port property that is different from the value of TargetPort property. For proxy-less endpoints they must match.");
        }
        else if (endpoint is { IsProxied: true, TargetPort: { } target, Port: { } port } && target == port)
        {
            throw new InvalidOperationException($"The endpoint '{endpoint.Name}' for resource '{resource.Name}' requested a proxy (IsProxied is true). Non-container resources cannot be proxied when both TargetPort and Port are specified with the same value.");
        }
        else if (resource.GetReplicaCount() > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
        {
            throw new InvalidOperationException($"Resource '{resource.Name}' uses multiple replicas and the endpoint '{endpoint.Name}' without a proxy or with a fixed target port. These features do not work together.");
        }
    }

    /// <summary>The port that consumers were promised. Where ports are random, a proxied endpoint promises none.</summary>
    private int? FixedPort(IResource resource, EndpointAnnotation endpoint)
        => options.Value.RandomizePorts && endpoint.IsProxied ? null : Normalize(resource.IsContainer() ? endpoint.SpecifiedPort : endpoint.Port);

    private void AllocateProxylessPort(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.IsProxied || FixedPort(resource, endpoint) is not null)
        {
            return;
        }

        endpoint.Port = ports.Allocate(endpoint);
        if (!resource.IsContainer())
        {
            endpoint.TargetPort = endpoint.Port;
        }
    }

    private DcpService Service(IResource resource, EndpointAnnotation endpoint)
    {
        var service = new DcpService();
        service.Metadata.Name = names.Service(resource, endpoint);
        service.Metadata[DcpAnnotations.ResourceName] = resource.Name;
        service.Metadata[DcpAnnotations.EndpointName] = endpoint.Name;
        service.Spec.Port = FixedPort(resource, endpoint);
        service.Spec.Protocol = endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP";
        service.Spec.Address = endpoint.TargetHost;
        service.Spec.AddressAllocationMode = endpoint.IsProxied ? null : "Proxyless";
        return service;
    }
}
