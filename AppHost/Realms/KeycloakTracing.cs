namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Sends Keycloak's traces to the dashboard. Keycloak has settings of its own for what other processes take from
/// OpenTelemetry's variables: https://www.keycloak.org/observability/tracing.
/// </summary>
internal static class KeycloakTracing
{
    /// <summary>Sets where traces go, and with which key.</summary>
    public static IResourceBuilder<T> WithTracing<T>(this IResourceBuilder<T> keycloak)
        where T : IResourceWithEnvironment =>
        keycloak
            .WithOtlpExporter()
            .WithEnvironment(context => Translate(context.EnvironmentVariables));

    private static void Translate(Dictionary<string, object> environment)
    {
        if (!environment.TryGetValue("OTEL_EXPORTER_OTLP_ENDPOINT", out var endpoint))
        {
            return;
        }

        environment["KC_TRACING_ENDPOINT"] = endpoint;
        Copy(environment, "OTEL_EXPORTER_OTLP_PROTOCOL", "KC_TRACING_PROTOCOL");
        Copy(environment, "OTEL_SERVICE_NAME", "KC_TELEMETRY_SERVICE_NAME");
        Copy(environment, "OTEL_RESOURCE_ATTRIBUTES", "KC_TELEMETRY_RESOURCE_ATTRIBUTES");

        if (environment.TryGetValue("OTEL_EXPORTER_OTLP_HEADERS", out var headers)
            && headers is string header && header.Split('=', 2) is ["x-otlp-api-key", var key])
        {
            environment["KC_TRACING_HEADER_X_OTLP_API_KEY"] = key;
        }
    }

    private static void Copy(Dictionary<string, object> environment, string from, string to)
    {
        if (environment.TryGetValue(from, out var value))
        {
            environment[to] = value;
        }
    }
}
