using EmbedStack.Api.Http;
using EmbedStack.Api.Instances;

namespace EmbedStack.Api.Edge.Warmup;

internal static class WarmUpExtensions
{
    public static IServiceCollection AddWarmUp(this IServiceCollection services) => services
        .AddSingleton(provider => WarmUpSettings.From(provider.GetRequiredService<IConfiguration>()))
        .AddSingleton(provider => OperatorKey.From(provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<OperatorLimit>()
        .AddSingleton<WarmQuestions>()
        .AddHostedService(provider => provider.GetRequiredService<WarmQuestions>())
        .AddSingleton<WarmGuests>()
        // Where leadership asks for it, and apart from those whom viewers wait for.
        .AddHostedService<WarmUp>(ApiRole.App)
        .AddHostedService<WarmUpGauges>(ApiRole.App);
}
