using Aspire.Hosting.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL.</summary>
public static partial class PostgresBuilderExtensions
{
    /// <summary>Adds a PostgreSQL server in a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="userName">The superuser; by default <c>postgres</c>.</param>
    /// <param name="password">The superuser's password; by default generated.</param>
    /// <param name="port">The port that consumers use; by default any free one.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        string? connectionString = null;
        AddHealthCheck(builder, name, () => connectionString is null ? null : connectionString + ";Database=postgres;");
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(PostgresContainerImageTags.Image, PostgresContainerImageTags.Tag)
            .WithImageRegistry(PostgresContainerImageTags.Registry)
            .WithIconName("DatabaseMultiple")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithHealthCheck($"{name}_check")
            .OnConnectionStringAvailable(async (_, _, cancellationToken) =>
                connectionString = await server.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false))
            .OnResourceReady((_, @event, cancellationToken) => new PostgresDatabaseCreation(server, builder.Resources).RunAsync(
                connectionString ?? throw new DistributedApplicationException($"ResourceReadyEvent was published for the '{name}' resource but the connection string was null."),
                ((IDistributedApplicationResourceEvent)@event).Logger,
                cancellationToken));
    }

    /// <summary>Adds a database, which is made once the server is ready.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="databaseName">The database's name; by default the resource's.</param>
    /// <returns>The resource.</returns>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(name, database.DatabaseName);
        string? connectionString = null;
        AddHealthCheck(builder.ApplicationBuilder, name, () => connectionString);
        return builder.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithHealthCheck($"{name}_check")
            .OnConnectionStringAvailable(async (_, _, cancellationToken) =>
                connectionString = await database.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false));
    }

    private static void AddHealthCheck(IDistributedApplicationBuilder builder, string name, Func<string?> connectionString)
        => builder.Services.AddHealthChecks().Add(new HealthCheckRegistration($"{name}_check", _ => new PostgresHealthCheck(connectionString), null, null));
}
