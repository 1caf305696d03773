using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resource sends telemetry.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}")]
public class OtlpExporterAnnotation : IResourceAnnotation
{
    /// <summary>The only protocol it speaks, or null for the application's.</summary>
    public OtlpProtocol? RequiredProtocol { get; init; }
}
