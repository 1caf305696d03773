using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Tenancy;

internal static class TenancyExtensions
{
    public static IServiceCollection AddTenancy(this IServiceCollection services) => services
        .AddSingleton<TenantDirectory>().AddHostedService(provider => provider.GetRequiredService<TenantDirectory>())
        .AddSingleton<PersonResolver>();

    public static Person GetPerson(this HttpContext context) => context.Features.GetRequiredFeature<Person>();
}
