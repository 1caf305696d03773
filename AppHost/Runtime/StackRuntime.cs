namespace EmbedStack.AppHost.Runtime;

/// <summary>
/// Where the backing services run. Either way the rest of the model sees the same names, endpoints, connection
/// properties and health.
/// </summary>
internal abstract class StackRuntime(IDistributedApplicationBuilder builder, StackSettings settings)
{
    /// <summary>Postgres' max_wal_size: a load of the demo data writes more than the default without a checkpoint in between.</summary>
    protected const string RoomForALoad = "4GB";

    /// <summary>
    /// Postgres' max_connections: with the default of 100, an Api under load (40), a second one, Keycloak (up to 100) and Superset
    /// (30) take each other's away, and requests fail for it.
    /// </summary>
    protected const string RoomForProcesses = "300";

    private static readonly string[] BrowserSettings = ["Chromium", "Sandbox"];

    public StackSettings Settings { get; } = settings;

    protected IDistributedApplicationBuilder Builder { get; } = builder;

    /// <summary>Adds a Postgres server whose superuser is <c>postgres</c>.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddPostgres(string name, IResourceBuilder<ParameterResource> password);

    /// <summary>Adds a database to a server that <see cref="AddPostgres"/> made.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IResourceBuilder<IResourceWithConnectionString> server, string name, string databaseName);

    /// <summary>Adds a Redis server that keeps nothing.</summary>
    public abstract IResourceBuilder<IResourceWithConnectionString> AddRedis(string name, IResourceBuilder<ParameterResource> password);

    /// <summary>Adds Keycloak, with its own administrator <c>admin</c> and the realms in <paramref name="realms"/>.</summary>
    public abstract IResourceBuilder<IResourceWithServiceDiscovery> AddKeycloak(
        string name, IResourceBuilder<ParameterResource> adminPassword, string realms);

    /// <summary>Adds the process that prepares Superset and ends.</summary>
    public abstract IResourceBuilder<ISupersetResource> AddSupersetBootstrap(string name, IResourceBuilder<ParameterResource> secretKey);

    /// <summary>Adds Superset's web servers, as many as the settings say: <c>superset</c>, <c>superset-2</c> and so on.</summary>
    public IReadOnlyList<IResourceBuilder<ISupersetResource>> AddSupersets(string name, IResourceBuilder<ParameterResource> secretKey) =>
    [
        AddSuperset(name, secretKey, Settings.Ports.Superset),
        .. Enumerable.Range(2, Settings.SupersetInstances - 1).Select(number => AddSuperset($"{name}-{number}", secretKey, port: null)),
    ];

    /// <summary>Adds the process that has Chromium, which the embedded dashboards are rendered by.</summary>
    public abstract IResourceBuilder<IResourceWithEndpoints> AddRenderer(string name);

    /// <summary>Adds a web server of Superset.</summary>
    protected abstract IResourceBuilder<ISupersetResource> AddSuperset(string name, IResourceBuilder<ParameterResource> secretKey, int? port);

    /// <summary>Adds the renderer as a process of this machine, with the machine's Chromium.</summary>
    protected IResourceBuilder<IResourceWithEndpoints> AddRendererProcess(string name)
    {
        var renderer = Builder.AddProject<Projects.Renderer>(name)
            .WithHttpEndpoint(Settings.Ports.Renderer, name: "http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithInternalUrl("http");
        foreach (var setting in BrowserSettings)
        {
            if (Builder.Configuration[$"EmbedStack:Renderer:{setting}"] is { Length: > 0 } value)
            {
                renderer.WithEnvironment($"Renderer__{setting}", value);
            }
        }

        return renderer;
    }
}
