using System.Collections.Concurrent;
using System.Net;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Alarms;

/// <summary>A receiver of alarms that keeps what it was sent, and answers what the test says.</summary>
public sealed class WebhookPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    public WebhookPeer()
    {
        var port = FreePorts.TakeOne();
        Address = $"http://127.0.0.1:{port}/alarms";
        _app = PeerServer.Create(port);
        _app.MapPost("/alarms", ReceiveAsync);
    }

    public string Address { get; }

    public ConcurrentQueue<HttpStatusCode> Answers { get; } = [];

    public ConcurrentQueue<(string Signature, byte[] Body)> Received { get; } = [];

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Received.Enqueue((context.Request.Headers["X-EmbedStack-Signature"].ToString(), body.ToArray()));
        context.Response.StatusCode = (int)(Answers.TryDequeue(out var answer) ? answer : HttpStatusCode.NoContent);
        context.Response.Headers.Location = "/elsewhere";
    }
}
