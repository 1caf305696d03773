namespace EmbedStack.AppHost.Runtime;

/// <summary>Backing services as processes of this machine, of the parts that <c>./embedstack</c> sets up.</summary>
internal sealed class NativeRuntime(IDistributedApplicationBuilder builder, StackSettings settings) : StackRuntime(builder, settings)
{
    private const string SetupCommand = "./embedstack up";

    private string VirtualEnvironment => Path.Combine(Settings.ToolsDirectory, "venv");

    private string SupersetFolder => Path.GetFullPath("../SupersetContainer", Builder.AppHostDirectory);

    public override IResourceBuilder<IResourceWithConnectionString> AddPostgres(string name, IResourceBuilder<ParameterResource> password)
    {
        var postgres = Builder.AddNativePostgres(name, Data(name), password, Settings.Ports.Postgres)
            .WithServerSetting("max_wal_size", RoomForALoad)
            .WithServerSetting("max_connections", RoomForProcesses)
            .WithSetupCommand(SetupCommand);
        return Settings.ThrowsDataAway ? postgres.WithThrowAwayData() : postgres;
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IResourceBuilder<IResourceWithConnectionString> server, string name, string databaseName) =>
        ((IResourceBuilder<NativePostgresServerResource>)server).AddDatabase(name, databaseName);

    public override IResourceBuilder<IResourceWithConnectionString> AddRedis(string name, IResourceBuilder<ParameterResource> password) =>
        Builder.AddNativeRedis(name, password, Settings.Ports.Redis)
            .WithSetupCommand(SetupCommand);

    public override IResourceBuilder<IResourceWithServiceDiscovery> AddKeycloak(
        string name, IResourceBuilder<ParameterResource> adminPassword, string realms) =>
        Builder.AddNativeKeycloak(
                name,
                Path.Combine(Settings.ToolsDirectory, "keycloak"),
                Data(name),
                adminPassword: adminPassword,
                port: Settings.Ports.Keycloak,
                managementPort: Settings.Ports.KeycloakManagement)
            .WithSetupCommand(SetupCommand)
            .WithTracing()
            .WithRealmImport(realms);

    public override IResourceBuilder<ISupersetResource> AddSupersetBootstrap(string name, IResourceBuilder<ParameterResource> secretKey) =>
        WithSources(Builder.AddNativeSupersetBootstrap(name, VirtualEnvironment, secretKey, "-m", "embedstack.bootstrap"));

    public override IResourceBuilder<IResourceWithEndpoints> AddRenderer(string name) => AddRendererProcess(name);

    protected override IResourceBuilder<ISupersetResource> AddSuperset(string name, IResourceBuilder<ParameterResource> secretKey, int? port) =>
        WithSources(Builder.AddNativeSuperset(name, VirtualEnvironment, Path.Combine(SupersetFolder, "gunicorn.conf.py"), secretKey, port));

    private IResourceBuilder<T> WithSources<T>(IResourceBuilder<T> process)
        where T : ExecutableResource, ISupersetResource =>
        process
            .WithSetupCommand(SetupCommand)
            .WithConfigFile(Path.Combine(SupersetFolder, "superset_config.py"))
            .WithPythonPath(SupersetFolder);

    private string Data(string name) => Path.Combine(Settings.DataDirectory, name);
}
