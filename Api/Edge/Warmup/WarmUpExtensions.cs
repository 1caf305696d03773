using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.Warmup;

internal static class WarmUpExtensions
{
    public static IServiceCollection AddWarmUp(this IServiceCollection services) => services
        .AddSingleton(provider => WarmUpSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => OperatorKey.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton<WarmQuestions>()
        .AddHostedService(provider => provider.GetRequiredService<WarmQuestions>())
        .AddSingleton<WarmGuests>()
        .AddSingleton<WarmUp>()
        .AddHostedService(provider => provider.GetRequiredService<WarmUp>());
}
