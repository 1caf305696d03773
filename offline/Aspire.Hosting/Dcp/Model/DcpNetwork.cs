namespace Aspire.Hosting.Dcp.Model;

internal sealed class DcpNetwork : DcpObject<DcpNetworkSpec, DcpNetworkStatus>, IDcpKind
{
    public static string KindName => "ContainerNetwork";

    public static string Plural => "containernetworks";
}

internal sealed class DcpNetworkSpec
{
    public string? NetworkName { get; set; }
}

internal sealed class DcpNetworkStatus
{
    public string? State { get; set; }

    public string? Message { get; set; }
}

/// <summary>Carries traffic of containers to services on the host.</summary>
internal sealed class DcpTunnelProxy : DcpObject<DcpTunnelProxySpec, DcpTunnelProxyStatus>, IDcpKind
{
    public static string KindName => "ContainerNetworkTunnelProxy";

    public static string Plural => "containernetworktunnelproxies";
}

internal sealed class DcpTunnelProxySpec
{
    public string? ContainerNetworkName { get; set; }

    public List<string>? Aliases { get; set; }

    public List<DcpTunnel> Tunnels { get; set; } = [];
}

internal sealed class DcpTunnel
{
    public string Name { get; set; } = "";

    public string ServerServiceName { get; set; } = "";

    public string ServerServiceNamespace { get; set; } = "";

    public string ClientServiceName { get; set; } = "";

    public string ClientServiceNamespace { get; set; } = "";
}

internal sealed class DcpTunnelProxyStatus
{
    public string? State { get; set; }
}
