using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Aspire.Hosting.Native.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods for adding PostgreSQL servers that run as local processes.
/// </summary>
public static class NativePostgresBuilderExtensions
{
    /// <summary>
    /// Adds a PostgreSQL server that runs as a local process, on loopback only.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="dataDirectory">
    /// The data directory, relative to the AppHost's folder or absolute. It is made where it does not exist.
    /// </param>
    /// <param name="password">
    /// The parameter with the superuser's password. If <see langword="null"/> a random password is generated. The server's
    /// password follows it at each start, also where the data were kept.
    /// </param>
    /// <param name="port">The port. If <see langword="null"/> a free one is chosen.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// PostgreSQL 15 or newer is taken from the PATH or from where distributions install it. It refuses to run as root:
    /// where the caller is root, it runs as user <c>postgres</c>, who must be able to reach <paramref name="dataDirectory"/>; where that
    /// user cannot, the data stand below <c>/var/lib/postgresql</c> and a link takes their place.
    /// <example>
    /// <code lang="csharp">
    /// var postgres = builder.AddNativePostgres("postgres", "../data/postgres");
    /// var orders = postgres.AddDatabase("orders");
    ///
    /// builder.AddProject&lt;Projects.Api&gt;("api").WithReference(orders).WaitFor(orders);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<NativePostgresServerResource> AddNativePostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string dataDirectory,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);

        var server = new NativePostgresServerResource(
            name,
            Path.GetFullPath(dataDirectory, builder.AppHostDirectory),
            password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));

        PostgresChildStates.Follow(builder, server);

        return builder.AddResource(server)
            .WithIconName("DatabaseMultiple")
            .WithRequiredPart("PostgreSQL", () => PostgresBinaries.Find(server).Problem)
            .WithScript("postgres.sh", arguments =>
            {
                arguments.Add(PostgresBinaries.Find(server).Directory ?? "");
                arguments.Add(server.DataDirectory);
                arguments.Add(server.ThrowAwayData ? "throw-away" : "keep");
                foreach (var (setting, value) in server.Settings)
                {
                    arguments.Add("-c");
                    arguments.Add($"{setting}={value}");
                }
            })
            .WithEndpoint(port: port, name: NativePostgresServerResource.PrimaryEndpointName, env: "POSTGRES_PORT", isProxied: false)
            .WithEnvironment(context => context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter)
            .WithNpgsqlHealthCheck(server, created: Task.CompletedTask)
            .OnResourceReady((resource, _, cancellationToken) => PostgresDatabases.CreateMissingAsync(resource, cancellationToken));
    }

    /// <summary>
    /// Adds a database, which is created when the server is ready.
    /// </summary>
    /// <param name="builder">The server's resource builder.</param>
    /// <param name="name">The name of the resource, and of its connection string.</param>
    /// <param name="databaseName">The database's name. If <see langword="null"/> it is <paramref name="name"/>.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<NativePostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<NativePostgresServerResource> builder,
        [ResourceName] string name,
        string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var database = new NativePostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Add(database);

        return builder.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .ExcludeFromManifest()
            .WithNpgsqlHealthCheck(database, builder.Resource.DatabasesCreated.Task);
    }

    /// <summary>
    /// Sets one of the server's settings for this run, as <c>-c name=value</c> does.
    /// </summary>
    /// <param name="builder">The server's resource builder.</param>
    /// <param name="name">The setting's name, such as <c>max_connections</c>.</param>
    /// <param name="value">The value with its unit. It is visible to every user of the machine.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<NativePostgresServerResource> WithServerSetting(
        this IResourceBuilder<NativePostgresServerResource> builder,
        string name,
        string value)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);

        builder.Resource.Settings[name] = value;
        return builder;
    }

    /// <summary>
    /// Gives up durability for speed, and deletes the data directory when the server stops.
    /// </summary>
    /// <param name="builder">The server's resource builder.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<NativePostgresServerResource> WithThrowAwayData(this IResourceBuilder<NativePostgresServerResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Resource.ThrowAwayData = true;
        return builder
            .WithServerSetting("fsync", "off")
            .WithServerSetting("full_page_writes", "off")
            .WithServerSetting("synchronous_commit", "off");
    }

    /// <summary>
    /// Sets the folder with <c>postgres</c> and <c>initdb</c>, in place of the one that is found.
    /// </summary>
    /// <param name="builder">The server's resource builder.</param>
    /// <param name="directory">The folder, relative to the AppHost's folder or absolute.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    public static IResourceBuilder<NativePostgresServerResource> WithBinaries(this IResourceBuilder<NativePostgresServerResource> builder, string directory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(directory);

        builder.Resource.Binaries = Path.GetFullPath(directory, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }

    private static IResourceBuilder<T> WithNpgsqlHealthCheck<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource, Task created)
        where T : IResource
    {
        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new NpgsqlHealthCheck(resource, created), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
