using System.Net;
using System.Net.Http.Json;
using EmbedStack.Tests.Postgres;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbedStack.Renderer.Tests;

/// <summary>A renderer on Kestrel, with Chromium.</summary>
internal sealed class RendererInstance : WebApplicationFactory<Program>
{
    public const string Key = "renderer-key-of-the-tests-0123456789";
    public const string Token = "header.token-of-the-tests.signature";
    private readonly Dictionary<string, string> _settings;
    private readonly HttpClient _client;

    public RendererInstance(string app, string embed, params (string Name, string Value)[] others)
    {
        _settings = new()
        {
            ["RENDERER_KEY"] = Key, ["Origins:App"] = app, ["Origins:Embed"] = embed, ["Logging:LogLevel:Default"] = "Trace",
        };
        foreach (var (name, value) in others)
        {
            _settings[name] = value;
        }

        var port = FreePorts.TakeOne();
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(3) };
        // Not by UseKestrel(port), which changes addresses beside the application's own start: https://github.com/dotnet/aspnetcore/pull/67714
        UseKestrel(options => options.Listen(IPAddress.Loopback, port));
        StartServer();
    }

    /// <summary>All that it wrote to its log.</summary>
    public LogKeeper Log { get; } = new();

    public T Service<T>() where T : notnull => Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken? hangingUp = null) =>
        _client.SendAsync(request, hangingUp ?? TestContext.Current.CancellationToken);

    public async Task<HttpResponseMessage> RenderAsync(Guid dashboard, string format = "png", object? more = null, CancellationToken? hangingUp = null)
    {
        var body = new Dictionary<string, object?> { ["tenant"] = "northside", ["embedded_id"] = dashboard, ["token"] = Token, ["format"] = format };
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            body[property.Name] = property.GetValue(more);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/renderings") { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Renderer-Key", Key);
        return await AskAsync(request, hangingUp);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace));
    }

    protected override void Dispose(bool disposing)
    {
        _client.Dispose();
        base.Dispose(disposing);
    }
}
