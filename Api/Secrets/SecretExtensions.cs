namespace EmbedStack.Api.Secrets;

internal static class SecretExtensions
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<SecretAges>().AddSingleton<AuditedAges>().AddHostedService<SecretWatch>();
        services.AddHealthChecks().AddCheck<SecretAgeHealth>("secrets");
        return services;
    }
}
