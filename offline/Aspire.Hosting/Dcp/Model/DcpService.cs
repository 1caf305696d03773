namespace Aspire.Hosting.Dcp.Model;

internal sealed class DcpService : DcpObject<DcpServiceSpec, DcpServiceStatus>, IDcpKind
{
    public static string KindName => "Service";

    public static string Plural => "services";

    internal int? AllocatedPort => Status?.EffectivePort is > 0 and var port ? port : Spec.Port;

    internal bool HasAddress => AllocatedPort is > 0 && !string.IsNullOrEmpty(Status?.EffectiveAddress ?? (IsProxyless ? Spec.Address : null));

    internal bool IsProxyless => Spec.AddressAllocationMode == "Proxyless";
}

internal sealed class DcpServiceSpec
{
    public string? Address { get; set; }

    public int? Port { get; set; }

    public string? Protocol { get; set; }

    public string? AddressAllocationMode { get; set; }
}

internal sealed class DcpServiceStatus
{
    public string? State { get; set; }

    public string? EffectiveAddress { get; set; }

    public int? EffectivePort { get; set; }
}

/// <summary>A process or container that listens for a service now.</summary>
internal sealed class DcpEndpoint : DcpObject<DcpEndpointSpec, object>, IDcpKind
{
    public static string KindName => "Endpoint";

    public static string Plural => "endpoints";
}

internal sealed class DcpEndpointSpec
{
    public string? ServiceName { get; set; }

    public string? Address { get; set; }

    public int? Port { get; set; }
}

internal sealed record ServiceProducer(string ServiceName, string? Address, int? Port);
