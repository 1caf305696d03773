namespace EmbedStack.Api.Edge.Assets;

internal static class AssetExtensions
{
    public static IServiceCollection AddEdgeAssets(this IServiceCollection services) => services
        .AddSingleton(provider => AssetSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<AssetStore>()
        .AddSingleton<AssetHandler>();
}
