using Aspire.Hosting.Dcp;
using Aspire.Hosting.Health;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Parameters;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

/// <summary>The AppHost's services.</summary>
internal static class AppHostServices
{
    internal static void Add(DistributedApplicationBuilder builder, DistributedApplicationOptions options, UserSecrets secrets)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(secrets);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton<ResourceNotificationService>();
        services.AddSingleton<ResourceLoggerService>();
        services.AddSingleton(s => new ResourceCommandService(s.GetRequiredService<ResourceNotificationService>(), s.GetRequiredService<ResourceLoggerService>(), s));
        services.Configure<ResourceNotificationServiceOptions>(o =>
            o.DefaultWaitBehavior = options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        services.AddHttpClient();
        services.AddHealthChecks();
        services.AddSingleton<IValidateOptions<HealthCheckServiceOptions>, HealthCheckRegistrations>();
        services.AddSingleton<ParameterInitializer>();
        services.AddSingleton<ApplicationOrchestrator>();
        services.AddSingleton<ResourceUrls>();
        DcpServices.Add(services);

        // The order matters: health and log forwarding watch the states that the engine then publishes.
        services.AddHostedService<ResourceHealthService>();
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }

        services.AddHostedService<OrchestratorService>();
    }

    internal static void ConfigureLogging(HostApplicationBuilder host, DistributedApplicationOptions options)
    {
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        host.Logging.AddFilter("Aspire.Hosting.Dashboard", LogLevel.Warning);
        if (!options.DisableDashboard)
        {
            host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService", LogLevel.None);
        }

        host.Logging.AddConfiguration(host.Configuration.GetSection("Logging"));
    }
}
