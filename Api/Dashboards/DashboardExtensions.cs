using EmbedStack.Api.Dashboards.Entitlements;

namespace EmbedStack.Api.Dashboards;

internal static class DashboardExtensions
{
    public static IServiceCollection AddDashboards(this IServiceCollection services) => services
        .AddSingleton<CatalogueReader>()
        .AddSingleton<CatalogueSource>()
        .AddSingleton<EntitlementStore>()
        .AddHostedService<EntitlementSeed>()
        .AddHostedService(provider => provider.GetRequiredService<CatalogueSource>());
}
