using Aspire.Hosting.Postgres;

namespace Aspire.Hosting;

public static partial class PostgresBuilderExtensions
{
    /// <summary>Replaces the superuser's password.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="password">The password.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithPassword(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    /// <summary>Replaces the superuser's name.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="userName">The name.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithUserName(this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(userName);
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    /// <summary>Sets the port on this machine.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="port">The port, or null for any free one.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Replaces the statement that creates the database.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="script">The statement, run as the superuser in the database <c>postgres</c>.</param>
    /// <returns>The database.</returns>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(this IResourceBuilder<PostgresDatabaseResource> builder, string script)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(script);
        return builder.WithAnnotation(new PostgresCreateDatabaseScriptAnnotation(script));
    }
}
