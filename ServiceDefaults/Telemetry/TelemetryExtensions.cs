using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;

namespace EmbedStack.ServiceDefaults.Telemetry;

internal static class TelemetryExtensions
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, string instrumentation)
    {
        if (string.IsNullOrEmpty(builder.Configuration[EndpointVariable]))
        {
            return builder;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
            logging.AddOtlpExporter(OtlpTimeout.Apply);
        });
        builder.Services.AddHostedService(_ => new TelemetryProviders(instrumentation));
        return builder;
    }
}
