using EmbedStack.Api.Instances;
using EmbedStack.Api.Revocations.Admin;

namespace EmbedStack.Api.Revocations;

internal static class RevocationsExtensions
{
    public static IServiceCollection AddRevocations(this IServiceCollection services) => services
        .AddSingleton<RevocationSource>()
        .AddHostedService(provider => provider.GetRequiredService<RevocationSource>())
        .AddHostedService<RevocationSweeper>(ApiRole.App)
        .AddSingleton<RevocationStore>()
        .AddSingleton<PersonRevocations>()
        .AddSingleton<PersonRegister>()
        .AddSingleton<RevocationScope>()
        .AddSingleton<Revoker>();
}
