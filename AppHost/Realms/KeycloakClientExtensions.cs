namespace EmbedStack.AppHost.Realms;

/// <summary>Makes processes clients of the realm.</summary>
internal static class KeycloakClientExtensions
{
    /// <summary>Gives a process the realm, its client's name there and the file of its secret.</summary>
    public static IResourceBuilder<T> WithKeycloakClient<T>(
        this IResourceBuilder<T> process, string clientId, IResourceBuilder<ParameterResource> secret, string directory)
        where T : IResourceWithEnvironment =>
        process
            .WithEnvironment("Keycloak__Realm", "embedstack")
            .WithEnvironment("Keycloak__ClientId", clientId)
            .WithSecretFile("KEYCLOAK_CLIENT_SECRET_FILE", secret, directory);
}
