namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>A span as a process exported it.</summary>
internal sealed record SeenSpan(
    string Service, string TraceId, string Id, string ParentId, string Name, SpanKind Kind, IReadOnlyDictionary<string, string> Attributes)
{
    public override string ToString() => $"{Service} {Kind} \"{Name}\" ({Id} under {ParentId})";
}
