namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>As OTLP numbers them.</summary>
internal enum SpanKind
{
    Unspecified,
    Internal,
    Server,
    Client,
    Producer,
    Consumer,
}
