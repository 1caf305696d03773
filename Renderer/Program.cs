using System.Text.Json;
using System.Text.Json.Serialization;
using EmbedStack.Renderer;
using EmbedStack.Renderer.Access;
using EmbedStack.Renderer.Browser;
using EmbedStack.Renderer.Pages;
using EmbedStack.Renderer.Requests;
using EmbedStack.ServiceDefaults;
using EmbedStack.ServiceDefaults.Health;

var builder = WebApplication.CreateBuilder(SettingsFiles.ReadOnce(args));

builder.AddServiceDefaults(Instrumentation.Name);
builder.WebHost.ConfigureKestrel(RenderingRequest.Limit);
builder.Services
    .AddSingleton(RendererSettings.From(builder.Configuration))
    .AddSingleton(RenderingLimits.From(builder.Configuration))
    .AddSingleton<RenderingQueue>()
    .AddSingleton<RenderingMetrics>()
    .AddSingleton<Chromium>()
    .AddSingleton<HostPage>()
    .AddSingleton<DashboardRenderer>()
    .AddHostedService<MemoryWatch>()
    .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false)
    .ConfigureHttpJsonOptions(options =>
    {
        options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    })
    .AddHealthChecks().AddCheck<ChromiumHealth>("chromium");

var app = builder.Build();

app.UseMiddleware<KeyGuard>();
app.MapHealthEndpoints();
app.MapRenderings();

app.Run();
