using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Realms;

/// <summary>
/// Configures Keycloak. The runtimes' resources have no type in common that Aspire's own methods would take, hence the
/// casts: each is an <see cref="IResourceWithEnvironment"/> and an <see cref="IResourceWithWaitSupport"/>.
/// </summary>
internal static class KeycloakExtensions
{
    /// <summary>Gives Keycloak its own database, as the role of <paramref name="login"/>.</summary>
    public static IResourceBuilder<IResourceWithServiceDiscovery> WithDatabase(
        this IResourceBuilder<IResourceWithServiceDiscovery> keycloak, IResourceBuilder<IResourceWithConnectionString> login)
    {
        keycloak.Cast<IResourceWithEnvironment>().WithKeycloakDatabase(login);
        return keycloak;
    }

    /// <summary>Lets Keycloak start after a process that runs to completion.</summary>
    public static IResourceBuilder<IResourceWithServiceDiscovery> WaitForCompletion(
        this IResourceBuilder<IResourceWithServiceDiscovery> keycloak, IResourceBuilder<IResource> dependency)
    {
        keycloak.Cast<IResourceWithWaitSupport>().WaitForCompletion(dependency);
        return keycloak;
    }

    /// <summary>Hands the values of its placeholders to a realm that Keycloak imports, and keeps the realm at them.</summary>
    public static IResourceBuilder<IResourceWithServiceDiscovery> WithRealm(
        this IResourceBuilder<IResourceWithServiceDiscovery> keycloak, KeycloakRealm realm)
    {
        keycloak.Cast<IResourceWithEnvironment>().WithEnvironment(context =>
        {
            foreach (var (name, value) in realm.Values)
            {
                context.EnvironmentVariables[name] = value;
            }
        });

        return keycloak
            .OnResourceReady((resource, ready, cancellationToken) => realm.FollowModelAsync(
                ready.Services.GetRequiredService<ResourceLoggerService>().GetLogger(resource), cancellationToken))
            .WithRealmCommands(realm);
    }

    /// <summary>One address for browsers and for the Api: tokens name it as their issuer.</summary>
    public static IResourceBuilder<T> WithPublicAddress<T>(this IResourceBuilder<T> keycloak)
        where T : IResourceWithEndpoints, IResourceWithEnvironment =>
        keycloak
            .WithEnvironment("KC_HOSTNAME", keycloak.GetEndpoint("http", KnownNetworkIdentifiers.LocalhostNetwork))
            .WithEnvironment("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true");

    private static IResourceBuilder<T> Cast<T>(this IResourceBuilder<IResource> builder)
        where T : IResource =>
        builder.ApplicationBuilder.CreateResourceBuilder((T)builder.Resource);
}
