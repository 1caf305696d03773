using EmbedStack.Api.Instances;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbedStack.Api.Edge.Cache;

internal static class EdgeCacheExtensions
{
    /// <summary>Keeps answers to embedded pages. A team's own <see cref="IDistributedCache"/>, registered before, takes the second level's place.</summary>
    public static IServiceCollection AddEdgeCache(this IServiceCollection services)
    {
        services.TryAddSingleton<IDistributedCache, PostgresCache>();
        return services
            .AddSingleton(provider => EdgeCacheSettings.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<AnswerMemory>()
            .AddSingleton<AnswerStore>()
            .AddSingleton<FlightLeases>()
            .AddHostedService(provider => provider.GetRequiredService<FlightLeases>())
            .AddSingleton<CacheFactsSource>()
            .AddHostedService(provider => provider.GetRequiredService<CacheFactsSource>())
            .AddHostedService<PostgresCacheSweeper>(ApiRole.Edge)
            .AddSingleton<FreshAnswerRate>()
            .AddSingleton<ChartFill>()
            .AddSingleton<AnswerCache>()
            .AddSingleton<AnswerWriter>()
            .AddSingleton<ChartQuestions>()
            .AddHostedService<CacheGauges>(ApiRole.Edge)
            .AddSingleton<ChartReads>()
            .AddSingleton<IGuestReads>(provider => provider.GetRequiredService<ChartReads>())
            .AddSingleton<IGuestReads, MetadataReads>();
    }
}
