namespace Aspire.Hosting.ApplicationModel;

/// <summary>A network on which endpoints have addresses.</summary>
/// <param name="Value">The network's name.</param>
public record NetworkIdentifier(string Value);

/// <summary>The networks every application has.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>The host's loopback.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>The internet.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");

    /// <summary>The network that the application's containers share.</summary>
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");
}

/// <summary>Host names with a meaning of their own.</summary>
public static class KnownHostNames
{
    /// <summary>The loopback.</summary>
    public const string Localhost = "localhost";

    /// <summary>The host as containers see it through the tunnel.</summary>
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";

    /// <summary>The host as containers see it through the runtime's bridge.</summary>
    public const string DockerDesktopHostBridge = "host.docker.internal";
}
