using Aspire.Hosting.Native;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A resource that represents a Keycloak server that runs as a local process.
/// </summary>
/// <param name="name">The name of the resource.</param>
/// <param name="dataDirectory">The absolute path of the folder for what the server writes.</param>
/// <param name="adminUserName">A parameter that contains the administrator's name, or <see langword="null"/> for <c>admin</c>.</param>
/// <param name="adminPassword">A parameter that contains the administrator's password.</param>
public sealed class NativeKeycloakResource(
    string name,
    string dataDirectory,
    ParameterResource? adminUserName,
    ParameterResource adminPassword)
    : ExecutableResource(name, NativeScript.Shell, NativeScript.WorkingDirectory), IResourceWithServiceDiscovery
{
    internal const string PrimaryEndpointName = "http";
    internal const string ManagementEndpointName = "management";
    private const string DefaultAdmin = "admin";

    private EndpointReference? _primaryEndpoint;

    /// <summary>
    /// Gets the endpoint that browsers and applications use.
    /// </summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, PrimaryEndpointName);

    /// <summary>
    /// Gets the absolute path of the folder for what the server writes.
    /// </summary>
    public string DataDirectory { get; } = dataDirectory ?? throw new ArgumentNullException(nameof(dataDirectory));

    /// <summary>
    /// Gets the parameter that contains the administrator's name.
    /// </summary>
    public ParameterResource? AdminUserNameParameter { get; } = adminUserName;

    /// <summary>
    /// Gets the parameter that contains the administrator's password.
    /// </summary>
    public ParameterResource AdminPasswordParameter { get; } = adminPassword ?? throw new ArgumentNullException(nameof(adminPassword));

    internal ReferenceExpression AdminReference =>
        AdminUserNameParameter is null
            ? ReferenceExpression.Create($"{DefaultAdmin}")
            : ReferenceExpression.Create($"{AdminUserNameParameter}");
}
