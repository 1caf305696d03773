using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Exports;

/// <summary>Plays the renderer, and keeps what it was told.</summary>
public sealed class RendererPeer : IAsyncDisposable
{
    public const string Key = "renderer-key-of-the-tests-0123456789";
    private readonly WebApplication _app;
    private int _asked;

    public RendererPeer(int port)
    {
        Address = $"http://localhost:{port}";
        _app = PeerServer.Create(port);
        _app.MapPost("/renderings", (Delegate)RenderAsync);
        _app.MapGet("/health", () => Results.StatusCode(HasBrowser ? 200 : 503));
    }

    public string Address { get; }

    public int Asked => _asked;

    /// <summary>What was asked last, with all of its address and headers.</summary>
    public (JsonElement Order, string Surroundings)? Last { get; private set; }

    public bool HasBrowser { get; set; } = true;

    /// <summary>Charts that it says show an error.</summary>
    public int? FailedCharts { get; set; }

    /// <summary>Answers instead of a picture.</summary>
    public int? Status { get; set; }

    /// <summary>Holds answers back until it ends.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Completes once somebody who asked has gone.</summary>
    public TaskCompletionSource Gone { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> RenderAsync(HttpContext context)
    {
        if (context.Request.Headers["X-Renderer-Key"] != Key)
        {
            return Results.StatusCode(404);
        }

        context.RequestAborted.Register(() => Gone.TrySetResult());
        var order = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
        Last = (order, $"{context.Request.Path}{context.Request.QueryString} {string.Join(' ', context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))}");
        Interlocked.Increment(ref _asked);
        if (Held is { } held)
        {
            await held.Task.WaitAsync(context.RequestAborted);
        }

        context.Response.Headers["X-Failed-Charts"] = FailedCharts?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var format = order.GetProperty("format").GetString();
        return Status is { } status ? Results.StatusCode(status) : Results.Bytes(System.Text.Encoding.UTF8.GetBytes($"a {format}"), "application/octet-stream");
    }
}
