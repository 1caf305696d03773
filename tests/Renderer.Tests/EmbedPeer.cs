using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbedStack.Renderer.Tests;

/// <summary>
/// Plays the embed origin, with a page that speaks as Superset's does: it takes the port and the token, asks for its rows, and
/// draws a chart. What a dashboard is like, its id says.
/// </summary>
public sealed class EmbedPeer : IAsyncDisposable
{
    public const string Figure = "4,711";
    public static readonly Guid Dashboard = Guid.Parse("11111111-1111-4111-8111-111111111111");
    public static readonly Guid Missing = Guid.Parse("22222222-2222-4222-8222-222222222222");
    public static readonly Guid NeverDrawn = Guid.Parse("33333333-3333-4333-8333-333333333333");
    public static readonly Guid Tall = Guid.Parse("44444444-4444-4444-8444-444444444444");
    public static readonly Guid Hungry = Guid.Parse("55555555-5555-4555-8555-555555555555");
    public static readonly Guid HalfFailed = Guid.Parse("66666666-6666-4666-8666-666666666666");
    public static readonly Guid Failed = Guid.Parse("77777777-7777-4777-8777-777777777777");
    public static readonly Guid DrawnByLateCode = Guid.Parse("88888888-8888-4888-8888-888888888888");
    public static readonly Guid Lengthy = Guid.Parse("99999999-9999-4999-8999-999999999999");
    private const int Charts = 2;
    private const int Edge = 16; // which the page has below

    // Longer than a page must stand still to be taken for drawn.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    private readonly WebApplication _app;
    private readonly string _elsewhere;

    public EmbedPeer(int port, string elsewhere)
    {
        _elsewhere = elsewhere;
        Address = $"http://127.0.0.1:{port}";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            Seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))}");
            return next(context);
        });
        _app.MapGet("/embedded/{id:guid}", (Delegate)Page);
        _app.MapPost("/api/v1/chart/data", (Delegate)RowsAsync);
        _app.MapGet("/kept", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600, immutable";
            return Results.Text("kept");
        });
        _app.MapGet("/redirect", () => Results.Redirect($"{_elsewhere}/by-redirect"));
        _app.MapGet("/redirect-to-number", () => Results.Redirect($"{_elsewhere.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}/by-number"));
        _app.MapGet("/late.js", async (CancellationToken cancellationToken) =>
        {
            await Task.Delay(Late, cancellationToken);
            return Results.Text($"document.querySelector('[data-test=\"slice-container\"]').innerHTML = '<p>{Figure}</p>';", "text/javascript");
        });
    }

    public string Address { get; }

    /// <summary>What was asked: line and headers, no bodies.</summary>
    public ConcurrentQueue<string> Seen { get; } = new();

    /// <summary>What the pages told of themselves with their questions.</summary>
    public ConcurrentQueue<JsonElement> Told { get; } = new();

    public int Status { get; set; } = 200;

    /// <summary>Holds rows back until it ends.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Completes once somebody who waited for rows has gone.</summary>
    public TaskCompletionSource Gone { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Page(Guid id) => id == Missing ? Results.NotFound() : Results.Content(
        PageText.Replace("{height}", ((id == Tall ? 30_000 : id == Lengthy ? 11_000 : 1_500) - Edge).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{drawn}", id == NeverDrawn ? "false" : "true", StringComparison.Ordinal)
            .Replace("{failing}", (id == Failed ? Charts : id == HalfFailed ? 1 : 0).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{late}", id == DrawnByLateCode ? "true" : "false", StringComparison.Ordinal)
            .Replace("{hungry}", id == Hungry ? "true" : "false", StringComparison.Ordinal)
            .Replace("{elsewhere}", _elsewhere, StringComparison.Ordinal),
        "text/html");

    private async Task<IResult> RowsAsync(HttpContext context)
    {
        context.RequestAborted.Register(() => Gone.TrySetResult());
        Told.Enqueue(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body));
        if (Held is { } held)
        {
            await held.Task.WaitAsync(context.RequestAborted);
        }

        return Status == 200 ? Results.Text(Figure) : Results.StatusCode(Status);
    }

    private const string PageText = """
        <!doctype html>
        <html>
          <body style="margin: 0; font: 20px sans-serif">
            <aside style="position: absolute; width: 0; height: calc(100vh + 18px)"></aside>
            <div data-test="grid-content" style="height: {height}px; box-sizing: border-box; border: solid #00ff00; border-width: 40px 0; border-bottom-color: #0000ff">
              <div style="height: 20px; background: #ff0000"></div>
              <div data-test="chart-grid-component"><div class="dashboard-chart"><div data-test="chart-container"><div data-test="loading-indicator">…</div></div></div></div>
              <div data-test="chart-grid-component"><div class="dashboard-chart"><div data-test="chart-container"><div data-test="loading-indicator">…</div></div></div></div>
            </div>
            <script>
              const told = {};
              const quietly = (act) => { try { return act()?.catch?.(() => undefined); } catch { return undefined; } };
              // Some browsers keep storage from frames of other sites altogether.
              const kept = () => { try { return localStorage.getItem('left'); } catch { return null; } };
              const stored = [kept(), document.cookie];
              quietly(() => localStorage.setItem('left', 'behind'));
              quietly(() => (document.cookie = 'left=behind; SameSite=None; Secure; Partitioned'));
              quietly(() => fetch('/kept'));
              for (const origin of ['{elsewhere}', document.referrer.replace(/\/$/, '')]) {
                quietly(() => fetch(`${origin}/by-fetch`, { mode: 'no-cors' }));
                quietly(() => new WebSocket(`${origin.replace('http', 'ws')}/by-socket`));
                quietly(() => navigator.sendBeacon(`${origin}/by-beacon`, 'x'));
                document.body.append(Object.assign(document.createElement('img'), { src: `${origin}/by-image`, hidden: true }));
                document.body.append(Object.assign(document.createElement('iframe'), { src: `${origin}/by-frame`, hidden: true }));
              }
              quietly(() => fetch('/redirect', { mode: 'no-cors' }));
              quietly(() => fetch('/redirect-to-number', { mode: 'no-cors' }));
              addEventListener('message', ({ data, origin, ports }) => {
                if (data.type !== '__embedded_comms__') return;
                ports[0].onmessage = ({ data }) => (told[data.method] = data.args);
                setTimeout(async () => {
                  const { guestToken } = told.guestToken;
                  delete told.guestToken;
                  if ({hungry}) { globalThis.kept = Array.from({ length: 40 }, (_, at) => new Uint8Array(20e6).fill(at + 1)); }
                  const rows = await fetch('/api/v1/chart/data', {
                    method: 'POST',
                    headers: { 'X-GuestToken': guestToken },
                    body: JSON.stringify({
                      told, stored, origin, referrer: document.referrer, address: location.href, language: navigator.language,
                      dark: matchMedia('(prefers-color-scheme: dark)').matches, still: matchMedia('(prefers-reduced-motion: reduce)').matches,
                      automated: navigator.webdriver,
                    }),
                  });
                  const text = await rows.text();
                  if (!{drawn}) return;
                  const drawn = (figure) => `<div data-test="chart-container"><div data-test="slice-container"><p>${figure}</p></div></div>`;
                  document.querySelectorAll('.dashboard-chart').forEach((place, at) => {
                    place.innerHTML = at < {failing} ? '<div><div role="alert">Data error</div></div>' : drawn({late} ? '' : text);
                  });
                  if ({late}) { document.body.append(Object.assign(document.createElement('script'), { src: '/late.js' })); }
                }, 200);
              });
            </script>
          </body>
        </html>
        """;
}
