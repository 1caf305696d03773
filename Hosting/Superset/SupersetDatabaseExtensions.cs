using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Superset;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that connect Superset to its databases and its cache.
/// </summary>
public static class SupersetDatabaseExtensions
{
    // By the property's name, libpq's.
    private static readonly (string Property, string Option)[] Tls = [("SslMode", "sslmode"), ("RootCertificate", "sslrootcert")];

    /// <summary>
    /// Gives Superset's configuration the database for its own metadata, as <c>SUPERSET_DB_*</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="database">The Postgres database.</param>
    /// <param name="userName">The role to connect as; the database resource's own if <see langword="null"/>.</param>
    /// <param name="password">The role's password; the database resource's own if <see langword="null"/>.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>The resource does not wait for the database; add <c>WaitFor</c>.</remarks>
    public static IResourceBuilder<T> WithMetadataDatabase<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<IResourceWithConnectionString> database,
        string? userName = null,
        IResourceBuilder<ParameterResource>? password = null)
        where T : ISupersetResource =>
        builder.WithDatabase(SupersetEnvironment.MetadataDatabase, database, userName, password);

    /// <summary>
    /// Gives Superset's configuration a database, as <c>{PREFIX}_HOST</c>, <c>_PORT</c>, <c>_DATABASENAME</c>,
    /// <c>_USERNAME</c>, <c>_PASSWORD</c> and <c>_URI</c>; where the database has the properties <c>SslMode</c> and
    /// <c>RootCertificate</c>, as libpq knows them, <c>_SSLMODE</c> and <c>_SSLROOTCERT</c>, which <c>_URI</c> then ends with.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="prefix">What the names of the environment variables begin with, in upper case.</param>
    /// <param name="database">The Postgres database.</param>
    /// <param name="userName">The role to connect as; the database resource's own if <see langword="null"/>.</param>
    /// <param name="password">The role's password; the database resource's own if <see langword="null"/>.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <exception cref="DistributedApplicationException">The resource has no such connection property.</exception>
    /// <remarks>The resource does not wait for the database; add <c>WaitFor</c>.</remarks>
    public static IResourceBuilder<T> WithDatabase<T>(
        this IResourceBuilder<T> builder,
        string prefix,
        IResourceBuilder<IResourceWithConnectionString> database,
        string? userName = null,
        IResourceBuilder<ParameterResource>? password = null)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        ArgumentNullException.ThrowIfNull(database);

        var properties = ConnectionProperties.Of(database.Resource);
        var host = properties["Host"];
        var port = properties["Port"];
        var name = properties["DatabaseName"];
        var user = userName is null ? properties["Username"] : ReferenceExpression.Create($"{userName}");
        var uri = (userName, password?.Resource) switch
        {
            (null, null) => properties["Uri"],
            ({ } role, { } secret) => ReferenceExpression.Create($"postgresql://{role:uri}:{secret:uri}@{host}:{port}/{name}"),
            _ => throw new ArgumentException("A role and its password go together.", nameof(password)),
        };
        var tls = new List<(string Option, ReferenceExpression Value)>();
        foreach (var (property, option) in Tls)
        {
            if (properties.Find(property) is { } value)
            {
                uri = ReferenceExpression.Create($"{uri}{(tls.Count == 0 ? "?" : "&")}{option}={value}");
                tls.Add((option, value));
            }
        }

        return builder
            .WithReferenceRelationship(database.Resource)
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables[$"{prefix}_HOST"] = host;
                context.EnvironmentVariables[$"{prefix}_PORT"] = port;
                context.EnvironmentVariables[$"{prefix}_DATABASENAME"] = name;
                context.EnvironmentVariables[$"{prefix}_USERNAME"] = user;
                context.EnvironmentVariables[$"{prefix}_PASSWORD"] = password?.Resource ?? (object)properties["Password"];
                context.EnvironmentVariables[$"{prefix}_URI"] = uri;
                foreach (var (option, value) in tls)
                {
                    context.EnvironmentVariables[$"{prefix}_{option.ToUpperInvariant()}"] = value;
                }
            });
    }

    /// <summary>
    /// Gives Superset's configuration the Redis server for its caches, as <c>REDIS_HOST</c>, <c>_PORT</c>,
    /// <c>_PASSWORD</c> and <c>_URI</c>.
    /// </summary>
    /// <typeparam name="T">The type of the Superset resource.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="redis">The Redis server.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>The resource does not wait for the server; add <c>WaitFor</c>.</remarks>
    public static IResourceBuilder<T> WithCache<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithConnectionString> redis)
        where T : ISupersetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(redis);

        var properties = ConnectionProperties.Of(redis.Resource);

        return builder
            .WithReferenceRelationship(redis.Resource)
            .WithEnvironment(context =>
            {
                foreach (var (name, value) in properties.All)
                {
                    context.EnvironmentVariables[$"{SupersetEnvironment.Cache}_{name.ToUpperInvariant()}"] = value;
                }
            });
    }
}
