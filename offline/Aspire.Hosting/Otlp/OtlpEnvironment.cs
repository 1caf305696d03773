namespace Aspire.Hosting.Otlp;

/// <summary>The <c>OTEL_*</c> environment of a resource.</summary>
internal static class OtlpEnvironment
{
    internal const string ServiceNameAnnotation = "otel-service-name";
    internal const string ServiceInstanceAnnotation = "otel-service-instance-id";
    private const string DefaultEndpoint = "http://localhost:18889";

    internal static void Set(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment)
    {
        if (!context.Resource.TryGetLastAnnotation<OtlpExporterAnnotation>(out var annotation))
        {
            return;
        }

        var variables = context.EnvironmentVariables;
        var (endpoint, protocol) = FromDashboard(context, annotation.RequiredProtocol) ?? FromConfiguration(configuration, annotation.RequiredProtocol);
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;

        // DCP fills these templates in from the annotations of the process.
        variables["OTEL_SERVICE_NAME"] = $"{{{{- index .Annotations \"{ServiceNameAnnotation}\" -}}}}";
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={{{{- index .Annotations \"{ServiceInstanceAnnotation}\" -}}}}";
        if (configuration["AppHost:OtlpApiKey"] is { } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        if (environment.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    private static (object Endpoint, string Protocol)? FromDashboard(EnvironmentCallbackContext context, OtlpProtocol? required)
    {
        var model = context.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>();
        if (!model.Resources.TryGetByName("aspire-dashboard", out var resource) || resource is not IResourceWithEndpoints dashboard)
        {
            return null;
        }

        var grpc = dashboard.GetEndpoint("otlp-grpc");
        var http = dashboard.GetEndpoint("otlp-http");
        return (required, grpc.Exists, http.Exists) switch
        {
            (OtlpProtocol.HttpProtobuf, _, true) => (http, "http/protobuf"),
            (OtlpProtocol.HttpJson, _, true) => (http, "http/json"),
            (_, true, _) => (grpc, "grpc"),
            (_, _, true) => (http, "http/protobuf"),
            _ => null,
        };
    }

    private static (object Endpoint, string Protocol) FromConfiguration(IConfiguration configuration, OtlpProtocol? required)
    {
        var grpc = Url(configuration, "OTLP_ENDPOINT_URL");
        var http = Url(configuration, "OTLP_HTTP_ENDPOINT_URL");
        var (url, protocol) = required switch
        {
            OtlpProtocol.Grpc => (grpc ?? DefaultEndpoint, "grpc"),
            OtlpProtocol.HttpProtobuf => (http ?? throw Missing("http/protobuf"), "http/protobuf"),
            OtlpProtocol.HttpJson => (http ?? throw Missing("http/json"), "http/json"),
            _ when grpc is null && http is not null => (http, "http/protobuf"),
            _ => (grpc ?? DefaultEndpoint, "grpc"),
        };
        return (new HostUrl(url), protocol);
    }

    private static InvalidOperationException Missing(string protocol)
        => new($"OtlpExporter is configured to require {protocol}, but no endpoint was configured for ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL");

    private static string? Url(IConfiguration configuration, string suffix)
        => configuration[$"ASPIRE_DASHBOARD_{suffix}"] ?? configuration[$"DOTNET_DASHBOARD_{suffix}"];
}
