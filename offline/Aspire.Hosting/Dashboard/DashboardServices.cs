namespace Aspire.Hosting.Dashboard;

/// <summary>Adds the dashboard to an AppHost in run mode.</summary>
internal static class DashboardServices
{
    internal static void AddDashboard(IDistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        DashboardTransport.Check(builder.Configuration, options);

        builder.Services.AddSingleton<ResourceServiceKey>();
        builder.Services.AddSingleton<DashboardService>();
        builder.Services.AddSingleton<DashboardEnvironment>();
        builder.Services.AddSingleton<DashboardStart>();
        builder.Services.AddSingleton<DashboardResource>();
        builder.Services.AddSingleton<ResourceFeed>();
        builder.Services.AddSingleton<ResourceServiceHost>();

        // Before the orchestrator, whose start waits for the resources, the dashboard among them.
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => services.GetRequiredService<ResourceServiceHost>()));
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService>(services => services.GetRequiredService<ResourceFeed>()));
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, DashboardLog>());

        builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            started.Services.GetRequiredService<DashboardResource>().AddTo(started.Model);
            return Task.CompletedTask;
        });
    }
}
