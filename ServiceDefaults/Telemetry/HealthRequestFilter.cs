using System.Diagnostics;
using EmbedStack.ServiceDefaults.Health;
using OpenTelemetry;

namespace EmbedStack.ServiceDefaults.Telemetry;

/// <summary>Health probes come every few seconds and would bury the traces that matter.</summary>
internal sealed class HealthRequestFilter : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server
            && data.GetTagItem("url.path") is string path
            && (path == HealthEndpoints.ReadyPath || path == HealthEndpoints.AlivePath))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
