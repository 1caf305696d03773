using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.AppHost.Tests.Telemetry;

/// <summary>
/// Takes the place of the dashboard's OTLP endpoint for the Api and Superset. They export only traces that a caller began
/// as sampled, so that the other tests cost nothing.
/// </summary>
internal sealed class TraceReceiver : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Uri address;
    private readonly ConcurrentQueue<SeenSpan> spans = [];

    public TraceReceiver()
    {
        address = new Uri($"http://127.0.0.1:{FreePorts.TakeOne()}/");
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        _ = ReceiveAsync();
    }

    /// <summary>A new trace, and the header by which a browser's page would begin it.</summary>
    public static (string TraceId, string Header) NewTrace()
    {
        var (trace, span) = (ActivityTraceId.CreateRandom().ToHexString(), ActivitySpanId.CreateRandom().ToHexString());
        return (trace, $"00-{trace}-{span}-01");
    }

    public IReadOnlyList<SeenSpan> Of(string traceId) => [.. spans.Where(span => span.TraceId == traceId)];

    public void Observe(IEnumerable<IResource> resources)
    {
        foreach (var resource in resources.Where(resource => resource.Name is ResourceNames.Api or ResourceNames.Superset))
        {
            resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
            {
                var variables = context.EnvironmentVariables;
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = address.ToString().TrimEnd('/');
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
                variables["OTEL_TRACES_SAMPLER"] = "parentbased_always_off";
                variables["OTEL_BSP_SCHEDULE_DELAY"] = "500";
                variables["OTEL_METRICS_EXPORTER"] = "none";
                variables["OTEL_LOGS_EXPORTER"] = "none";
                variables.Remove("OTEL_EXPORTER_OTLP_HEADERS");
            }));
        }
    }

    public void Dispose() => listener.Close();

    private async Task ReceiveAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url?.AbsolutePath == "/v1/traces")
                {
                    foreach (var span in TraceExport.Read(body.ToArray()))
                    {
                        spans.Enqueue(span);
                    }
                }

                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
