using EmbedStack.ServiceDefaults.Health;
using EmbedStack.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Hosting;

namespace EmbedStack.ServiceDefaults;

/// <summary>What every .NET service of the stack has: telemetry and health checks.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds OpenTelemetry (traces, metrics, logs; exported by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set)
    /// and the liveness check.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="instrumentation">Name of the application's own <c>ActivitySource</c> and <c>Meter</c>.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, string instrumentation)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(instrumentation);
        return builder.AddTelemetry(instrumentation).AddLivenessCheck();
    }
}
