using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EmbedStack.Renderer.Tests;

/// <summary>A server that nobody is to reach.</summary>
public sealed class SilentPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    public SilentPeer(int port)
    {
        Address = $"http://localhost:{port}";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.ListenLocalhost(port));
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(context =>
        {
            Seen.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return context.Response.WriteAsync("reached");
        });
    }

    public string Address { get; }

    public ConcurrentQueue<string> Seen { get; } = new();

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
