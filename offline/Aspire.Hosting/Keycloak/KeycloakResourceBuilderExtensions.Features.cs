namespace Aspire.Hosting;

public static partial class KeycloakResourceBuilderExtensions
{
    // Keycloak exports nothing without this feature.
    private const string TelemetryFeature = "opentelemetry";

    /// <summary>Turns features on, also those turned off before.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="features">The features' names.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithEnabledFeatures(this IResourceBuilder<KeycloakResource> builder, params string[] features)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.EnabledFeatures.UnionWith(features);
        builder.Resource.DisabledFeatures.ExceptWith(features);
        return builder;
    }

    /// <summary>Turns features off, also those turned on before.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="features">The features' names.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithDisabledFeatures(this IResourceBuilder<KeycloakResource> builder, params string[] features)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Resource.DisabledFeatures.UnionWith(features);
        builder.Resource.EnabledFeatures.ExceptWith(features);
        return builder;
    }

    /// <summary>Sends telemetry to the dashboard, and turns on the feature that it needs.</summary>
    /// <param name="builder">The server.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithOtlpExporter(this IResourceBuilder<KeycloakResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return OtlpConfigurationExtensions.WithOtlpExporter(builder.WithEnabledFeatures(TelemetryFeature));
    }

    /// <summary>Sends telemetry to the dashboard by one protocol, and turns on the feature that it needs.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="protocol">The protocol.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<KeycloakResource> WithOtlpExporter(this IResourceBuilder<KeycloakResource> builder, OtlpProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return OtlpConfigurationExtensions.WithOtlpExporter(builder.WithEnabledFeatures(TelemetryFeature), protocol);
    }
}
