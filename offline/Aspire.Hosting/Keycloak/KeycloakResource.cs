namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keycloak in a container.</summary>
public sealed class KeycloakResource : ContainerResource, IResourceWithServiceDiscovery
{
    /// <summary>Makes the resource.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="admin">The administrator; by default <c>admin</c>.</param>
    /// <param name="adminPassword">The administrator's password.</param>
    public KeycloakResource(string name, ParameterResource? admin, ParameterResource adminPassword)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(adminPassword);
        (AdminUserNameParameter, AdminPasswordParameter) = (admin, adminPassword);
    }

    /// <summary>The administrator, or null for <c>admin</c>.</summary>
    public ParameterResource? AdminUserNameParameter { get; }

    /// <summary>The administrator's password.</summary>
    public ParameterResource AdminPasswordParameter { get; }

    internal HashSet<string> EnabledFeatures { get; } = [];

    internal HashSet<string> DisabledFeatures { get; } = [];

    internal ReferenceExpression AdminReference => AdminUserNameParameter is null
        ? ReferenceExpression.Create($"admin")
        : ReferenceExpression.Create($"{AdminUserNameParameter}");
}
