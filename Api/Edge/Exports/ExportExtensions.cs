namespace EmbedStack.Api.Edge.Exports;

internal static class ExportExtensions
{
    public static IServiceCollection AddEdgeExports(this IServiceCollection services) => services
        .AddSingleton(provider => ExportSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<ExportLimiter>()
        .AddSingleton<ExportReads>();
}
