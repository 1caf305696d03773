using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that connect Keycloak to its database.
/// </summary>
public static class KeycloakDatabaseExtensions
{
    /// <summary>
    /// Lets Keycloak keep its data in a PostgreSQL database.
    /// </summary>
    /// <typeparam name="T">The type of the Keycloak resource, in a container or outside of one.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="database">The database.</param>
    /// <param name="userName">The role to connect as; the database resource's own if <see langword="null"/>.</param>
    /// <param name="password">The role's password; the database resource's own if <see langword="null"/>.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>The resource does not wait for the database; add <c>WaitFor</c>.</remarks>
    public static IResourceBuilder<T> WithKeycloakDatabase<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithConnectionString> database,
        string? userName = null,
        IResourceBuilder<ParameterResource>? password = null)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);

        return builder
            .WithReferenceRelationship(database.Resource)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["KC_DB"] = "postgres";
                context.EnvironmentVariables["KC_DB_URL"] = database.Resource.GetConnectionProperty("JdbcConnectionString");
                context.EnvironmentVariables["KC_DB_USERNAME"] = userName ?? (object)database.Resource.GetConnectionProperty("Username");
                context.EnvironmentVariables["KC_DB_PASSWORD"] = password?.Resource ?? (object)database.Resource.GetConnectionProperty("Password");
            });
    }
}
