#pragma warning disable ASPIRECERTIFICATES001 // Development and tests are HTTP throughout, so certificates are switched off.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Runtime;

/// <summary>Backing services as containers.</summary>
internal sealed class ContainerRuntime(IDistributedApplicationBuilder builder, StackSettings settings) : StackRuntime(builder, settings)
{
    private const string SupersetContext = "../SupersetContainer";
    private const string SupersetSources = "/app";
    private const int RendererPort = 8080;

    private static readonly string[] KeycloakStart = ["start", "--optimized", "--import-realm", "--cache=local", "--http-enabled=true"];

    private readonly LocalImages _images = LocalImages.Read(builder.Configuration);

    public override IResourceBuilder<IResourceWithConnectionString> AddPostgres(string name, IResourceBuilder<ParameterResource> password)
    {
        // The tag comes before the volume: where the data lie in the image depends on it.
        var postgres = Builder.AddPostgres(name, password: password, port: Settings.Ports.Postgres)
            .WithImage(Versions.PostgresImage, Versions.PostgresTag)
            .WithImageRegistry(Versions.PostgresRegistry)
            .WithArgs("-c", $"max_wal_size={RoomForALoad}", "-c", $"max_connections={RoomForProcesses}");
        return Own(postgres.WithDataVolume(Settings.ThrowsDataAway ? AddThrowAwayVolume(name) : VolumeOf(name)));
    }

    public override IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IResourceBuilder<IResourceWithConnectionString> server, string name, string databaseName) =>
        ((IResourceBuilder<PostgresServerResource>)server).AddDatabase(name, databaseName);

    public override IResourceBuilder<IResourceWithConnectionString> AddRedis(string name, IResourceBuilder<ParameterResource> password) =>
        Own(Builder.AddRedis(name, Settings.Ports.Redis, password))
            .WithImage(Versions.RedisImage, Versions.RedisTag)
            .WithImageRegistry(Versions.RedisRegistry)
            // Aspire starts it by a shell, which as the first process takes no notice of SIGTERM; and it keeps nothing.
            .WithContainerRuntimeArgs("--stop-signal=SIGKILL")
            // Superset's Python clients do not trust the development certificate, which Redis would get by default:
            // https://github.com/microsoft/aspire/issues/14305. It can go when non-.NET containers get that trust.
            .WithoutHttpsCertificate();

    public override IResourceBuilder<IResourceWithServiceDiscovery> AddKeycloak(
        string name, IResourceBuilder<ParameterResource> adminPassword, string realms) =>
        Own(Builder.AddKeycloak(name, Settings.Ports.Keycloak, adminPassword: adminPassword))
            .WithDockerfile("Keycloak")
            .WithBuildArg("KEYCLOAK", $"{Versions.KeycloakRegistry}/{Versions.KeycloakImage}:{Versions.KeycloakTag}")
            // As natively: "start-dev", which Aspire asks for, builds anew at each start.
            .WithArgs(start =>
            {
                start.Args.Clear();
                foreach (var argument in KeycloakStart)
                {
                    start.Args.Add(argument);
                }
            })
            // What Aspire asks for with the export of traces is on in any case, and is for a build to say: Keycloak would refuse to start.
            .WithEnvironment(start => start.EnvironmentVariables.Remove("KC_FEATURES"))
            .WithEndpoint("management", endpoint => endpoint.Port = Settings.Ports.KeycloakManagement)
            .WithoutHttpsCertificate()
            .WithPublicAddress()
            // As natively: a server that lives for a day's work starts in half the time without the slower of the two compilers.
            .WithEnvironment("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1")
            .WithTracing()
            .WithRealmImport(realms);

    public override IResourceBuilder<ISupersetResource> AddSupersetBootstrap(string name, IResourceBuilder<ParameterResource> secretKey) =>
        WithSources(Builder.AddSupersetBootstrap(name, secretKey, "bootstrap"));

    // Nobody makes a stand-in of the image that holds .NET's SDK: the machine has one.
    public override IResourceBuilder<IResourceWithEndpoints> AddRenderer(string name) =>
        _images.AreStandIns ? AddRendererProcess(name) : AddRendererContainer(name);

    protected override IResourceBuilder<ISupersetResource> AddSuperset(string name, IResourceBuilder<ParameterResource> secretKey, int? port) =>
        WithSources(Builder.AddSuperset(name, secretKey, port));

    private IResourceBuilder<IResourceWithEndpoints> AddRendererContainer(string name) =>
        Own(Builder.AddDockerfile(name, "..", "Renderer/Dockerfile").WithHttpEndpoint(Settings.Ports.Renderer, RendererPort, "http"))
            .WithBuildArg("SDK", Versions.DotnetImage)
            .WithBuildArg("DEBIAN", Versions.DebianImage)
            .WithHttpHealthCheck("/health")
            .WithInternalUrl("http")
            .WithOtlpExporter()
            // The container is Chromium's sandbox: it may do nothing, and have so much.
            .WithContainerRuntimeArgs(
                "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only", "--tmpfs=/tmp:rw,size=1g", "--shm-size=1g", "--init",
                "--memory=4g", "--pids-limit=1024");

    // A folder that was named stands for data of its own, though they are not in it.
    private string VolumeOf(string resource) => Settings.DataDirectory == Settings.UsualDataDirectory
        ? $"embedstack-{Settings.CloneId}-{resource}"
        : $"embedstack-{Settings.CloneId}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Settings.DataDirectory)))[..8]}-{resource}";

    private string AddThrowAwayVolume(string resource)
    {
        var name = ThrowAwayVolume.NameOf(Settings.CloneId, resource);
        Builder.Services.AddKeyedSingleton(name, (_, _) => new ThrowAwayVolume(name, Builder.Configuration["ASPIRE_CONTAINER_RUNTIME"]));
        // Made before anything starts, and so disposed of after everything.
        Builder.Eventing.Subscribe<BeforeStartEvent>((start, _) =>
        {
            start.Services.GetRequiredKeyedService<ThrowAwayVolume>(name);
            return Task.CompletedTask;
        });
        return name;
    }

    private IResourceBuilder<T> Own<T>(IResourceBuilder<T> container)
        where T : ContainerResource
    {
        foreach (var endpoint in container.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            // The engine's proxy parks what is sent to a server that died, and hands it on when nobody waits for it any more, such as
            // a refresh token that counts once. Without it whoever asks is refused at once, as natively.
            endpoint.IsProxied = false;
        }

        // By these the script finds what a killed run left behind, in a store that others use as well.
        return container.WithContainerRuntimeArgs(
            $"--label=embedstack.clone={Settings.CloneId}",
            string.Create(CultureInfo.InvariantCulture, $"--label=embedstack.process={Environment.ProcessId}"));
    }

    private IResourceBuilder<T> WithSources<T>(IResourceBuilder<T> process)
        where T : ContainerResource, ISupersetResource
    {
        Own(process)
            .WithDockerfile(SupersetContext)
            .WithBuildArg("PYTHON", Versions.PythonImage)
            .WithConfigFile($"{SupersetSources}/superset_config.py")
            .WithPythonPath(SupersetSources)
            .WithContainerRuntimeArgs(
                "--cap-drop=ALL", "--security-opt=no-new-privileges", "--read-only", "--tmpfs=/tmp:rw,size=256m", "--pids-limit=512");
        if (_images.Wheels is { } wheels)
        {
            // Wheels that were packed anew: their archives differ from the lock's, not their members.
            process.WithBuildArg("WHEELS", wheels).WithBuildArg("UV_NO_VERIFY_HASHES", "1");
        }

        return process;
    }
}
