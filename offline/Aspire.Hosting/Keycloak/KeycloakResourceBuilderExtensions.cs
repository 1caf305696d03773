using Aspire.Hosting.Keycloak;

namespace Aspire.Hosting;

/// <summary>Adds Keycloak.</summary>
public static partial class KeycloakResourceBuilderExtensions
{
    /// <summary>Adds Keycloak in a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="port">The port that consumers use; by default any free one.</param>
    /// <param name="adminUsername">The administrator; by default <c>admin</c>.</param>
    /// <param name="adminPassword">The administrator's password; by default generated.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<KeycloakResource> AddKeycloak(this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? adminUsername = null, IResourceBuilder<ParameterResource>? adminPassword = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var password = adminPassword?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var keycloak = new KeycloakResource(name, adminUsername?.Resource, password);
        var added = builder.AddResource(keycloak)
            .WithImage(KeycloakContainerImageTags.Image, KeycloakContainerImageTags.Tag)
            .WithImageRegistry(KeycloakContainerImageTags.Registry)
            .WithIconName("PersonLock")
            .WithHttpEndpoint(port: port, targetPort: 8080)
            .WithHttpEndpoint(targetPort: 9000, name: "management")
            .WithEndpoint("management", endpoint => endpoint.ExcludeReferenceEndpoint = true)
            .WithHttpHealthCheck("/health/ready", endpointName: "management")
            .WithEnvironment(context => SetEnvironment(keycloak, context.EnvironmentVariables))
            .WithUrlForEndpoint("management", url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithArgs("start-dev", "--import-realm");
        return added.WithOtlpExporter();
    }

    private static void SetEnvironment(KeycloakResource keycloak, Dictionary<string, object> variables)
    {
        variables["KC_BOOTSTRAP_ADMIN_USERNAME"] = keycloak.AdminReference;
        variables["KC_BOOTSTRAP_ADMIN_PASSWORD"] = keycloak.AdminPasswordParameter;
        variables["KC_HEALTH_ENABLED"] = "true";
        if (keycloak.EnabledFeatures.Count > 0)
        {
            variables["KC_FEATURES"] = string.Join(',', keycloak.EnabledFeatures);
        }

        if (keycloak.DisabledFeatures.Count > 0)
        {
            variables["KC_FEATURES_DISABLED"] = string.Join(',', keycloak.DisabledFeatures);
        }
    }
}
