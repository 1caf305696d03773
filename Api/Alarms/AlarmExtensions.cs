using EmbedStack.Api.Alarms.Rules;
using EmbedStack.Api.Alarms.Webhooks;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Alarms;

internal static class AlarmExtensions
{
    public static IServiceCollection AddAlarms(this IServiceCollection services)
    {
        services.AddHttpClient(WebhookSender.Client)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan) // each post has its own limit
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(3), AllowAutoRedirect = false, UseCookies = false, UseProxy = false,
            });
        return services
            .AddSingleton(provider => AlarmLimits.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(provider => WebhookSettings.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(provider => WebhookPatience.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<AlarmMetrics>()
            .AddSingleton<IAlarmRule, RepeatedFailures>()
            .AddSingleton<IAlarmRule, CrossTenantAttempt>()
            .AddSingleton<IAlarmRule, UncoveredDataset>()
            .AddSingleton<IAlarmRule, TokenRate>()
            .AddSingleton<IAlarmRule, TwoNetworks>()
            .AddSingleton<IAlarmRule, TwoCountries>()
            .AddSingleton<IAlarmRule, TokenLifetime>()
            .AddSingleton<AlarmWebhooks>()
            .AddSingleton<IAlarmListener>(provider => provider.GetRequiredService<AlarmWebhooks>())
            .AddHostedService(provider => provider.GetRequiredService<AlarmWebhooks>())
            .AddSingleton<IAuditObserver, AlarmWatch>();
    }
}
