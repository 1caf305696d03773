using System.Text.Json;
using EmbedStack.Api;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.App;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Authors;
using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Dashboards.Entitlements;
using EmbedStack.Api.Dashboards.Switches;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.Assets;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Exports;
using EmbedStack.Api.Edge.Warmup;
using EmbedStack.Api.Exports;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Health;
using EmbedStack.Api.Http;
using EmbedStack.Api.Http.OpenApi;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Identity.Bearer;
using EmbedStack.Api.Instances;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Revocations.Admin;
using EmbedStack.Api.Secrets;
using EmbedStack.Api.Tenancy;
using EmbedStack.Api.Views;
using EmbedStack.ServiceDefaults;
using EmbedStack.ServiceDefaults.Health;

var builder = WebApplication.CreateBuilder(SettingsFiles.ReadOnce(args));

var role = builder.Configuration.GetRole();
builder.AddServiceDefaults(Instrumentation.Name);
builder.WebHost.ConfigureKestrel(ServerLimits.Apply);
builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning); // its lines hold the sign-in's code
builder.Services
    .AddSingleton(TimeProvider.System)
    .AddSingleton(Origins.From(builder.Configuration, role))
    .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false)
    .ConfigureHttpJsonOptions(options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower)
    .AddTrustedProxies()
    .AddPersistence()
    .AddAudit()
    .AddAlarms()
    .AddSecrets()
    .AddIdentity(builder.Configuration)
    .AddTenancy()
    .AddRevocations()
    .AddDashboards()
    .AddSavedViews()
    .AddExports(builder.Configuration)
    .AddGuestTokens()
    .AddEdge()
    .AddEdgeCache()
    .AddDataAccessAudit()
    .AddEdgeExports()
    .AddEdgeAssets()
    .AddWarmUp()
    .AddAuthors()
    .AddStackHealth()
    .AddApp()
    .AddApiDescription();

var app = builder.Build();

app.UseTrustedProxies();
app.UseMiddleware<SecurityHeaders>();
app.UseMiddleware<RefusedRequests>();
app.UseErrorAnswers();
app.UseMiddleware<OriginGate>();
if (role.HasFlag(ApiRole.Edge))
{
    app.UseEdge();
}

if (role.HasFlag(ApiRole.App))
{
    app.UseAuthors();
    app.UseApp();
}

app.UseRouting();
app.UseSpanNames();
app.UseMiddleware<CredentialsGuard>();
app.UseMiddleware<CsrfGuard>();
app.UseMiddleware<SignInGuard>();
app.UseAuthentication();
app.UseAuthorization();

app.MapHealthEndpoints();
if (role.HasFlag(ApiRole.App))
{
    app.MapBff();
    app.MapBrand();
    app.MapDashboards();
    app.MapSavedViews();
    app.MapExports();
    app.MapGuestTokens();
    app.MapAudit();
    app.MapEntitlements();
    app.MapDashboardSwitches();
    app.MapRevocations();
    app.MapTenants();
    app.MapEdgeCache();
    app.MapWarmUp();
    app.MapStackHealth();
    app.MapApiDescription();
}

app.Run();
