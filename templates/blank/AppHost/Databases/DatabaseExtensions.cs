namespace EmbedStack.AppHost.Databases;

/// <summary>Hands databases to their consumers.</summary>
internal static class DatabaseExtensions
{
    /// <summary>The database as a role sees it, for <c>WithReference</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> As(
        this IResourceBuilder<IResourceWithConnectionString> database, DatabaseRole role) =>
        database.ApplicationBuilder.CreateResourceBuilder(Login(database, role));

    /// <summary>Tells the provisioner the password of each role it is to make.</summary>
    public static IResourceBuilder<T> WithDatabaseRoles<T>(this IResourceBuilder<T> provisioner, DatabaseRoles roles)
        where T : IResourceWithEnvironment
    {
        foreach (var role in roles.All)
        {
            provisioner.WithEnvironment($"DatabaseRoles__{role.Name}", role.Password);
        }

        return provisioner;
    }

    // Readers go where the rows stand; what is made and kept stands on the stack's own server.
    private static IResourceWithConnectionString Login(IResourceBuilder<IResourceWithConnectionString> database, DatabaseRole role) =>
        role.IsReader && DatabaseElsewhere.Of(database.ApplicationBuilder) is { } elsewhere
            ? new LoginElsewhere(elsewhere, role)
            : new DatabaseLogin(database.Resource, role);
}
