#pragma warning disable ASPIRECERTIFICATES001 // Development and tests are HTTP throughout, so certificates are switched off.

namespace EmbedStack.AppHost.Runtime;

/// <summary>Backing services as containers.</summary>
internal sealed class ContainerRuntime(IDistributedApplicationBuilder builder, StackSettings settings) : StackRuntime(builder, settings)
{
    private const string SupersetContext = "../SupersetContainer";
    private const string SupersetSources = "/app";
    private const int RendererPort = 8080;

    public override IResourceBuilder<IResourceWithConnectionString> AddPostgres(string name, IResourceBuilder<ParameterResource> password)
    {
        // The tag comes before the volume: where the data lie in the image depends on it.
        var postgres = Builder.AddPostgres(name, password: password, port: Settings.Ports.Postgres)
            .WithImage(Versions.PostgresImage, Versions.PostgresTag)
            .WithImageRegistry(Versions.PostgresRegistry)
            .WithArgs("-c", $"max_wal_size={RoomForALoad}", "-c", $"max_connections={RoomForProcesses}");
        return Settings.Persist ? postgres.WithDataVolume() : postgres;
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IResourceBuilder<IResourceWithConnectionString> server, string name, string databaseName) =>
        ((IResourceBuilder<PostgresServerResource>)server).AddDatabase(name, databaseName);

    public override IResourceBuilder<IResourceWithConnectionString> AddRedis(string name, IResourceBuilder<ParameterResource> password) =>
        Builder.AddRedis(name, Settings.Ports.Redis, password)
            .WithImage(Versions.RedisImage, Versions.RedisTag)
            .WithImageRegistry(Versions.RedisRegistry)
            // Superset's Python clients do not trust the development certificate, which Redis would get by default:
            // https://github.com/microsoft/aspire/issues/14305. It can go when non-.NET containers get that trust.
            .WithoutHttpsCertificate();

    public override IResourceBuilder<IResourceWithServiceDiscovery> AddKeycloak(
        string name, IResourceBuilder<ParameterResource> adminPassword, string realms) =>
        Builder.AddKeycloak(name, Settings.Ports.Keycloak, adminPassword: adminPassword)
            .WithImage(Versions.KeycloakImage, Versions.KeycloakTag)
            .WithImageRegistry(Versions.KeycloakRegistry)
            .WithEndpoint("management", endpoint => endpoint.Port = Settings.Ports.KeycloakManagement)
            .WithoutHttpsCertificate()
            .WithPublicAddress()
            .WithEnvironment("KC_TRACING_ENABLED", "true")
            .WithTracing()
            .WithRealmImport(realms);

    public override IResourceBuilder<ISupersetResource> AddSupersetBootstrap(string name, IResourceBuilder<ParameterResource> secretKey) =>
        WithSources(Builder.AddSupersetBootstrap(name, secretKey, "python", "-m", "embedstack.bootstrap"));

    public override IResourceBuilder<IResourceWithEndpoints> AddRenderer(string name) =>
        Builder.AddDockerfile(name, "..", "Renderer/Dockerfile")
            .WithBuildArg("SDK", Versions.DotnetImage)
            .WithBuildArg("DEBIAN", Versions.DebianImage)
            .WithHttpEndpoint(Settings.Ports.Renderer, RendererPort, "http")
            .WithHttpHealthCheck("/health")
            .WithInternalUrl("http")
            .WithOtlpExporter()
            // The container is Chromium's sandbox: it may do nothing, and have so much.
            .WithContainerRuntimeArgs(
                "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only", "--tmpfs=/tmp:rw,size=1g", "--shm-size=1g", "--init",
                "--memory=4g", "--pids-limit=1024");

    protected override IResourceBuilder<ISupersetResource> AddSuperset(string name, IResourceBuilder<ParameterResource> secretKey, int? port) =>
        WithSources(Builder.AddSuperset(name, secretKey, port));

    private static IResourceBuilder<T> WithSources<T>(IResourceBuilder<T> process)
        where T : ContainerResource, ISupersetResource =>
        process
            .WithDockerfile(SupersetContext)
            .WithBuildArg("PYTHON", Versions.PythonImage)
            .WithConfigFile($"{SupersetSources}/superset_config.py")
            .WithPythonPath(SupersetSources);
}
