namespace EmbedStack.AppHost.Authors;

/// <summary>Lets people who make dashboards sign in to Superset.</summary>
internal static class AuthorExtensions
{
    private const string ClientId = "superset";

    /// <summary>Gives Superset its place in Keycloak, and the address at which authors reach it.</summary>
    public static IResourceBuilder<ISupersetResource> WithAuthorSignIn(
        this IResourceBuilder<ISupersetResource> superset,
        KeycloakRealm realm,
        ReferenceExpression origin,
        StackSecrets secrets,
        string directory) =>
        superset
            .WithEnvironment("AUTHORS_ORIGIN", origin)
            .WithEnvironment("KEYCLOAK_ISSUER", realm.Issuer)
            .WithEnvironment("KEYCLOAK_INTERNAL_URL", realm.BackChannel)
            .WithEnvironment("AUTHOR_CLIENT_ID", ClientId)
            .WithSecretFile("AUTHOR_CLIENT_SECRET_FILE", secrets.SupersetClient, directory);

    /// <summary>Gives Superset the role that authors' queries run as, and the tenant whose rows they work with.</summary>
    public static IResourceBuilder<ISupersetResource> WithAuthorAccess(
        this IResourceBuilder<ISupersetResource> superset, DatabaseRole role, string tenant) =>
        superset
            .WithEnvironment("CLINIC_AUTHOR_USERNAME", role.Name)
            .WithEnvironment("CLINIC_AUTHOR_PASSWORD", role.Password)
            .WithEnvironment("AUTHOR_TENANT", tenant);
}
