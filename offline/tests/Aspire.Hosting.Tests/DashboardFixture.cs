using Aspire.Hosting.Dashboard;

namespace EmbedStack.Offline.Tests;

/// <summary>One application with the real dashboard, for all tests that look at it.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private DistributedApplication? _app;

    internal DistributedApplication App => _app!;

    internal string ResourceServiceAddress { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplicationTestingBuilder.Create(
            ["--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://localhost:4318"],
            (options, _) => options.DisableDashboard = false);
        var password = builder.AddParameter("password", "a secret value", secret: true);
        builder.AddToyServer("server").AddToyDatabase("database", password);
        builder.AddProject<Projects.Toy_Service>("service")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithCommand("greet", "Greet", _ => Task.FromResult(CommandResults.Success("greeted")), new CommandOptions { IconName = "Hand" });
        builder.AddExecutable("writer", "sh", ".", "-c", "echo written to stdout; echo written to stderr >&2; exec sleep 600");

        _app = await builder.StartAsync();
        await _app.WaitForHealthyAsync("service");
        await _app.WaitForStateAsync("aspire-dashboard", KnownResourceStates.Running);
        ResourceServiceAddress = await _app.Services.GetRequiredService<ResourceServiceHost>().Address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    internal string Configured(string key)
        => App.Services.GetRequiredService<IConfiguration>()[key] ?? throw new InvalidOperationException($"{key} is not configured.");

    internal string IdOf(string resource)
        => App.ResourceNotifications.TryGetCurrentState(resource, out var current) ? current.ResourceId : resource;
}
