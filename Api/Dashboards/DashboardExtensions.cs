using EmbedStack.Api.Dashboards.Entitlements;
using EmbedStack.Api.Dashboards.Switches;
using EmbedStack.Api.Instances;

namespace EmbedStack.Api.Dashboards;

internal static class DashboardExtensions
{
    public static IServiceCollection AddDashboards(this IServiceCollection services) => services
        .AddSingleton<CatalogueReader>()
        .AddSingleton<CatalogueSource>()
        .AddSingleton<EntitlementStore>()
        .AddSingleton<EntitlementHistory>()
        .AddSingleton<DashboardSwitchStore>()
        .AddSingleton<DashboardSwitchHistory>()
        .AddHostedService<EntitlementSeed>(ApiRole.App)
        .AddHostedService(provider => provider.GetRequiredService<CatalogueSource>());
}
