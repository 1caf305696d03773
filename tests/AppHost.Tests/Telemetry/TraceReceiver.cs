using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>
/// Takes the place of the dashboard's OTLP endpoint for the Api and Superset. They export only traces that a caller began
/// as sampled, so that the other tests cost nothing.
/// </summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly HostServer server;
    private readonly ConcurrentQueue<SeenSpan> spans = [];

    public TraceReceiver() => server = new HostServer(ReceiveAsync);

    /// <summary>A new trace, and the header by which a browser's page would begin it.</summary>
    public static (string TraceId, string Header) NewTrace()
    {
        var (trace, span) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        return (trace, $"00-{trace}-{span}-01");
    }

    public IReadOnlyList<SeenSpan> Of(string traceId) => [.. spans.Where(span => span.TraceId == traceId)];

    public void AddTo(IDistributedApplicationBuilder stack)
    {
        var endpoint = server.AddTo(stack, "traces");
        foreach (var resource in HostServer.Askers(stack))
        {
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
            {
                var variables = context.EnvironmentVariables;
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
                variables["OTEL_TRACES_SAMPLER"] = "parentbased_always_off";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "500";
                variables["OTEL_METRICS_EXPORTER"] = "none";
                variables["OTEL_LOGS_EXPORTER"] = "none";
                variables.Remove("OTEL_EXPORTER_OTLP_HEADERS");
            }));
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.Path == "/v1/traces")
        {
            foreach (var span in TraceExport.Read(body.ToArray()))
            {
                spans.Enqueue(span);
            }
        }

        context.Response.ContentType = "application/x-protobuf";
    }
}
