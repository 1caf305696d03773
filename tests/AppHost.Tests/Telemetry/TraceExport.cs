namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>Reads what an OTLP exporter posts: https://github.com/open-telemetry/opentelemetry-proto, v1.</summary>
internal static class TraceExport
{
    public static IEnumerable<SeenSpan> Read(byte[] request) =>
        from resource in new ProtobufMessage(request).Messages(1)
        let service = Attributes(resource.Message(1), 1).GetValueOrDefault("service.name", "")
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new SeenSpan(service, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), (SpanKind)span.Number(6), Attributes(span, 9));

    private static Dictionary<string, string> Attributes(ProtobufMessage message, int field)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var pair in message.Messages(field))
        {
            var value = pair.Message(2);
            attributes[pair.Text(1)] = value.Has(1) ? value.Text(1) : $"{value.Number(3)}";
        }

        return attributes;
    }
}
