using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Native;
using Aspire.Hosting.Native.Keycloak;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods for adding Keycloak servers that run as local processes.
/// </summary>
public static class NativeKeycloakBuilderExtensions
{
    /// <summary>
    /// Adds a Keycloak server that runs as a local process, on loopback only.
    /// </summary>
    /// <param name="builder">The <see cref="IDistributedApplicationBuilder"/>.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="distributionDirectory">
    /// The unpacked distribution, built with <c>kc.sh build --health-enabled=true</c> and the database it is to use, relative to the
    /// AppHost's folder or absolute. It is only read; several servers can share it.
    /// </param>
    /// <param name="dataDirectory">The folder for what the server writes, relative to the AppHost's folder or absolute.</param>
    /// <param name="adminUserName">The parameter with the administrator's name. If <see langword="null"/> it is <c>admin</c>.</param>
    /// <param name="adminPassword">
    /// The parameter with the administrator's password. If <see langword="null"/> a random password is generated. Keycloak reads both
    /// when its database is empty, and only then.
    /// </param>
    /// <param name="port">The port of the endpoint <c>http</c>. If <see langword="null"/> a free one is chosen.</param>
    /// <param name="managementPort">The port of the endpoint <c>management</c>. If <see langword="null"/> a free one is chosen.</param>
    /// <returns>A reference to the <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks>
    /// It runs on Java 17 or newer, found by JAVA_HOME, the PATH and <c>/usr/lib/jvm</c>, as <c>start --optimized</c>. Its one public
    /// address is that of the endpoint <c>http</c>; set <c>KC_HOSTNAME</c> for another. The resource is healthy when
    /// <c>/health/ready</c> answers on the endpoint <c>management</c>.
    /// <example>
    /// <code lang="csharp">
    /// var keycloak = builder.AddNativeKeycloak("keycloak", "../tools/keycloak", "../data/keycloak")
    ///     .WithKeycloakDatabase(database)
    ///     .WithRealmImport("../realms")
    ///     .WaitFor(database);
    /// </code>
    /// </example>
    /// </remarks>
    public static IResourceBuilder<NativeKeycloakResource> AddNativeKeycloak(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string distributionDirectory,
        string dataDirectory,
        IResourceBuilder<ParameterResource>? adminUserName = null,
        IResourceBuilder<ParameterResource>? adminPassword = null,
        int? port = null,
        int? managementPort = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(distributionDirectory);
        ArgumentException.ThrowIfNullOrEmpty(dataDirectory);

        var distribution = Path.GetFullPath(distributionDirectory, builder.AppHostDirectory);
        var keycloak = new NativeKeycloakResource(
            name,
            Path.GetFullPath(dataDirectory, builder.AppHostDirectory),
            adminUserName?.Resource,
            adminPassword?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));

        return builder.AddResource(keycloak)
            .WithIconName("PersonLock")
            .WithRequiredPart("Java", JavaHome.Problem)
            .WithRequiredPart("Keycloak", () => KeycloakDistribution.Problem(distribution))
            .WithoutAmbient("KC", "KEYCLOAK", "JAVA")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["JAVA_HOME"] = JavaHome.Find() ?? "";
                // A server that lives for a day's work starts in half the time without the slower of the two compilers.
                context.EnvironmentVariables["JAVA_OPTS_APPEND"] = "-XX:TieredStopAtLevel=1";
                context.EnvironmentVariables["KC_BOOTSTRAP_ADMIN_USERNAME"] = keycloak.AdminReference;
                context.EnvironmentVariables["KC_BOOTSTRAP_ADMIN_PASSWORD"] = keycloak.AdminPasswordParameter;
                context.EnvironmentVariables["KC_HOSTNAME"] = keycloak.PrimaryEndpoint;
                // Each look at a server that is still starting would be a line of its log.
                context.EnvironmentVariables["KC_LOG_LEVEL"] = "info,io.smallrye.health:error";
            })
            .WithScript("keycloak.sh", arguments =>
            {
                arguments.Add(distribution);
                arguments.Add(keycloak.DataDirectory);
                arguments.Add("start");
                arguments.Add("--optimized");
                arguments.Add("--import-realm");
                // Without it the server looks for others, on all of the machine's addresses.
                arguments.Add("--cache=local");
                arguments.Add("--http-enabled=true");
                arguments.Add("--http-host=127.0.0.1");
            })
            .WithHttpEndpoint(port: port, name: NativeKeycloakResource.PrimaryEndpointName, env: "KC_HTTP_PORT", isProxied: false)
            .WithHttpEndpoint(port: managementPort, name: NativeKeycloakResource.ManagementEndpointName, env: "KC_HTTP_MANAGEMENT_PORT", isProxied: false)
            .WithEndpoint(NativeKeycloakResource.ManagementEndpointName, endpoint => endpoint.ExcludeReferenceEndpoint = true)
            .WithUrlForEndpoint(NativeKeycloakResource.ManagementEndpointName, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithHttpHealthCheck("/health/ready", endpointName: NativeKeycloakResource.ManagementEndpointName);
    }

    /// <summary>
    /// Imports realms before the server starts. A realm that exists already is left alone.
    /// </summary>
    /// <param name="builder">The resource builder.</param>
    /// <param name="import">A realm's file, or a folder of such files, relative to the AppHost's folder or absolute.</param>
    /// <returns>The <see cref="IResourceBuilder{T}"/>.</returns>
    /// <remarks><c>${NAME}</c> in a file stands for the resource's environment variable of that name.</remarks>
    public static IResourceBuilder<NativeKeycloakResource> WithRealmImport(this IResourceBuilder<NativeKeycloakResource> builder, string import)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(import);

        var source = Path.GetFullPath(import, builder.ApplicationBuilder.AppHostDirectory);

        return builder.OnBeforeResourceStarted((keycloak, _, cancellationToken) =>
            RealmImport.CopyAsync(source, keycloak.DataDirectory, cancellationToken));
    }
}
