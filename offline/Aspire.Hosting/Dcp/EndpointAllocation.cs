namespace Aspire.Hosting.Dcp;

/// <summary>Gives endpoints the addresses that DCP found for them.</summary>
internal static class EndpointAllocation
{
    internal static void Allocate(ServiceObject service, DcpOptions options)
    {
        var endpoint = service.Endpoint;
        if (endpoint.AllocatedEndpoint is not null)
        {
            return;
        }

        if (service.Service.AllocatedPort is not { } port || (endpoint.IsProxied && !service.Service.HasAddress))
        {
            throw new DistributedApplicationException($"No port could be allocated for the endpoint '{endpoint.Name}' of resource '{service.Resource.Name}': is port {service.Service.Spec.Port?.ToString(CultureInfo.InvariantCulture) ?? "(any)"} taken?");
        }

        var (address, binding) = Binding(endpoint.TargetHost);
        var template = PortTemplate(service.Name);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, address, port, binding, template, KnownNetworkIdentifiers.LocalhostNetwork);
        if (service.Resource.IsContainer())
        {
            InContainerNetwork(endpoint, $"{service.Resource.Name}.dev.internal", endpoint.TargetPort!.Value, template);
        }
        else if (!options.ContainerTunnel)
        {
            InContainerNetwork(endpoint, KnownHostNames.DockerDesktopHostBridge, port, template);
        }
    }

    internal static void InContainerNetwork(EndpointAnnotation endpoint, string address, int port, string template)
    {
        var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(network, new AllocatedEndpoint(endpoint, address, port, EndpointBindingMode.SingleAddress, template, network));
    }

    /// <summary>DCP puts the port in on which the process must listen.</summary>
    internal static string PortTemplate(string service) => $"{{{{- portForServing \"{service}\" -}}}}";

    internal static string ListenAddress(string targetHost) => Binding(targetHost).Address == KnownHostNames.Localhost ? KnownHostNames.Localhost : targetHost;

    internal static bool IsAllocated(IResource resource) => resource.Annotations.OfType<EndpointAnnotation>().All(e => e.AllocatedEndpoint is not null);

    private static (string Address, EndpointBindingMode Mode) Binding(string targetHost) => targetHost switch
    {
        null or "" => (KnownHostNames.Localhost, EndpointBindingMode.SingleAddress),
        "*" or "+" => (KnownHostNames.Localhost, EndpointBindingMode.DualStackAnyAddresses),
        "0.0.0.0" => (KnownHostNames.Localhost, EndpointBindingMode.IPv4AnyAddresses),
        "::" or "[::]" => (KnownHostNames.Localhost, EndpointBindingMode.IPv6AnyAddresses),
        _ when targetHost.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) => (KnownHostNames.Localhost, EndpointBindingMode.SingleAddress),
        _ => (targetHost, EndpointBindingMode.SingleAddress),
    };
}
