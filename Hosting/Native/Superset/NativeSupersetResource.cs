using Aspire.Hosting.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that represents an Apache Superset web server that runs as a local process of a virtual environment.
/// </summary>
/// <param name="name">The name of the resource.</param>
/// <param name="secretKey">A parameter that contains the key Superset signs its sessions and encrypts its stored passwords with.</param>
public class NativeSupersetResource(string name, ParameterResource secretKey)
    : ExecutableResource(name, NativeScript.Shell, NativeScript.WorkingDirectory), ISupersetResource
{
    internal const string PrimaryEndpointName = "http";

    private EndpointReference? _primaryEndpoint;

    /// <summary>
    /// Gets the primary endpoint of the Superset web server.
    /// </summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>
    /// Gets the parameter that contains the key Superset signs its sessions and encrypts its stored passwords with.
    /// </summary>
    public ParameterResource SecretKeyParameter { get; } = secretKey ?? throw new ArgumentNullException(nameof(secretKey));
}
