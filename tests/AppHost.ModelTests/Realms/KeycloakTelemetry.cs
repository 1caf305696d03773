namespace EmbedStack.AppHost.ModelTests.Realms;

public sealed class KeycloakTelemetry(Models models)
{
    // Keycloak reads none of OpenTelemetry's variables, so each has to be told it under its own name.
    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task TracesGoWhereEveryProcessSendsThem(string runtime)
    {
        var environment = await models.In(runtime).EnvironmentOfAsync("keycloak");

        Assert.Same(environment["OTEL_EXPORTER_OTLP_ENDPOINT"], environment["KC_TRACING_ENDPOINT"]);
        Assert.Equal(environment["OTEL_SERVICE_NAME"], environment["KC_TELEMETRY_SERVICE_NAME"]);
        Assert.Equal(environment["OTEL_RESOURCE_ATTRIBUTES"], environment["KC_TELEMETRY_RESOURCE_ATTRIBUTES"]);
    }
}
