namespace Aspire.Hosting.Dcp;

/// <summary>Configuration section <c>DcpPublisher</c>.</summary>
internal sealed class DcpOptions
{
    internal const string Section = "DcpPublisher";

    /// <summary>The DCP program.</summary>
    public string? CliPath { get; set; }

    /// <summary>The dashboard's program.</summary>
    public string? DashboardPath { get; set; }

    /// <summary><c>docker</c> or <c>podman</c>; null for what is there.</summary>
    public string? ContainerRuntime { get; set; }

    /// <summary>Whether fixed ports of proxied endpoints are ignored.</summary>
    public bool RandomizePorts { get; set; }

    /// <summary>Whether a stop waits until all processes and containers are gone.</summary>
    public bool WaitForResourceCleanup { get; set; }

    /// <summary>How long the container runtime may take to answer, in seconds.</summary>
    public int DependencyCheckTimeout { get; set; } = 25;

    public int ProxylessEndpointPortRangeStart { get; set; } = 10_000;

    public int ProxylessEndpointPortRangeEnd { get; set; } = 32_767;

    /// <summary>Whether containers reach the host by DCP's tunnel.</summary>
    public bool ContainerTunnel { get; set; } = true;
}
