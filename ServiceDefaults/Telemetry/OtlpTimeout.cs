using OpenTelemetry.Exporter;

namespace EmbedStack.ServiceDefaults.Telemetry;

/// <summary>How long an export may take where nobody says otherwise.</summary>
internal static class OtlpTimeout
{
    private const string Variable = "OTEL_EXPORTER_OTLP_TIMEOUT";
    private const int Milliseconds = 1500;

    // The specification's 10 s are longer than an orchestrator waits for a process to stop: three exporters flush at the
    // end, often to a collector that has gone already.
    public static void Apply(OtlpExporterOptions options)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            options.TimeoutMilliseconds = Milliseconds;
        }
    }
}
