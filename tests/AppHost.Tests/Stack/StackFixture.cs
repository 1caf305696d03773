using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.JwtEmbedding;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(StackFixture))]

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>
/// The whole stack, started once for all tests of this assembly: random ports, small data unless EMBEDSTACK_TEST_SCALE
/// says otherwise, thrown away at the end.
/// </summary>
public sealed class StackFixture : IAsyncLifetime, IProductStack
{
    // By name: a machine that has a container engine as well must not change what is tested.
    private static readonly string Runtime = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_RUNTIME") ?? "native";

    private static readonly string Scale = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_SCALE") ?? "small";

    private static readonly string Web = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_WEB") ?? "built";

    private static readonly string Supersets = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_SUPERSETS") ?? "1";

    private static readonly string Apis = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_APIS") ?? "1";

    private static readonly string Edges = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_EDGES") ?? "0";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Stands in the environment of every process that the stack starts: they inherit it.</summary>
    public static readonly string RunMarker = $"EMBEDSTACK_TEST_RUN={Guid.NewGuid():N}";

    // One an assembly.
    private static StackFixture? started;

    private DistributedApplication? application;
    private ResourceJournal? journal;

    private Task<DirectApi>? directApi;

    public StackFixture()
    {
        Sessions = new ProductSessions(this);
        started = this;
    }

    /// <summary>State, health and last log lines of each resource, for whatever does not know the stack.</summary>
    public static string DescribeStarted() => started?.Describe() ?? "The stack was not started.";

    /// <summary>An Api beside the stack's, with its sessions, that gives browsers Superset's own tokens and passes them on.</summary>
    internal Task<DirectApi> DirectApiAsync() => directApi ??= DirectApi.StartAsync(this, TestContext.Current.CancellationToken);

    internal ProductSessions Sessions { get; }

    /// <summary>The issuer whose own tokens the stack takes for guests.</summary>
    internal TestIssuer Issuer { get; } = new();

    /// <summary>What the Api and Superset export of traces that a test begins.</summary>
    internal TraceReceiver Traces { get; } = new();

    /// <summary>Where the stack tells commands at the terminal about itself.</summary>
    public string StatusFile { get; } = Path.Combine(Directory.CreateTempSubdirectory("embedstack-tests-").FullName, "status");

    public DistributedApplication Application => application ?? throw new InvalidOperationException("The stack is not started.");

    /// <summary>Whether the app is the built one, as production serves it, and not the development server's (<c>EMBEDSTACK_TEST_WEB=dev</c>).</summary>
    public static bool IsWebBuilt => Web == "built";

    public Uri App => Application.GetEndpoint(IsWebBuilt ? ResourceNames.Api : ResourceNames.Web, "http");

    /// <summary>The Api itself, past the app's server.</summary>
    public Uri Api => Application.GetEndpoint(ResourceNames.Api, "http");

    public Uri Embed => Application.GetEndpoint(InstancesOf(ResourceNames.Edge) is [var edge, ..] ? edge : ResourceNames.Api, "embed");

    public Uri Authors => Application.GetEndpoint(ResourceNames.Api, "authors");

    public Uri Keycloak => Application.GetEndpoint(ResourceNames.Keycloak, "http");

    public Uri Superset => Application.GetEndpoint(ResourceNames.Superset, "http");

    /// <summary>The resources that are instances of one part: <c>superset</c>, <c>superset-2</c>.</summary>
    public string[] InstancesOf(string name) =>
    [
        .. Application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Select(resource => resource.Name)
            .Where(resource => ResourceNames.IsInstance(resource, name)),
    ];

    /// <summary>The value of a parameter of the model, such as a demo user's generated password.</summary>
    public async Task<string> ParameterAsync(string name)
    {
        var model = Application.Services.GetRequiredService<DistributedApplicationModel>();
        var parameter = model.Resources.OfType<ParameterResource>().Single(p => p.Name == name);
        return await parameter.GetValueAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"Parameter {name} has no value.");
    }

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable(RunMarker.Split('=')[0], RunMarker.Split('=')[1]);
        using var timeout = new CancellationTokenSource(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                $"--EmbedStack:Runtime={Runtime}",
                "--EmbedStack:Persist=false",
                "--EmbedStack:Https=false",
                $"--EmbedStack:Web={Web}",
                $"--EmbedStack:Superset:Instances={Supersets}",
                $"--EmbedStack:Api:Instances={Apis}",
                $"--EmbedStack:Edge:Instances={Edges}",
                $"--EmbedStack:ClinicData:Scale={Scale}",
                $"--EmbedStack:StatusFile={StatusFile}",
                "--EmbedStack:Api:Edge:WarmUp:AfterChanges=false",
                // A machine under test has little left for one more browser.
                "--EmbedStack:Renderer:Limits:Seconds=110",
                .. Issuer.Configuration,
            ],
            timeout.Token);
        Issuer.AddTo(builder);
        Traces.AddTo(builder);
        application = await builder.BuildAsync(timeout.Token);
        journal = new ResourceJournal(application);
        try
        {
            await application.StartAsync(timeout.Token);
            foreach (var name in ResourceNames.Jobs)
            {
                var ended = await application.ResourceNotifications.WaitForResourceAsync(name, change => change.Snapshot.ExitCode is not null, timeout.Token);
                if (ended.Snapshot.ExitCode != 0)
                {
                    throw new InvalidOperationException($"{name} ended with exit code {ended.Snapshot.ExitCode}");
                }
            }

            var instances = new[] { ResourceNames.Superset, ResourceNames.Api, ResourceNames.Edge }.SelectMany(InstancesOf);
            foreach (var name in ResourceNames.LongRunning.Union(instances).Where(name => !IsWebBuilt || name != ResourceNames.Web))
            {
                await application.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, timeout.Token);
            }
        }
        catch (Exception e)
        {
            var cause = timeout.IsCancellationRequested ? $"not within {StartTimeout.TotalMinutes:0} minutes" : e.Message;
            throw new InvalidOperationException($"The stack did not start: {cause}\n{journal.Describe()}", e);
        }
    }

    /// <summary>State, health and last log lines of each resource, for a failing test's message.</summary>
    public string Describe() => journal?.Describe() ?? "The stack was not built.";

    public async ValueTask DisposeAsync()
    {
        if (directApi is { IsCompletedSuccessfully: true })
        {
            await (await directApi).DisposeAsync();
        }

        Sessions.Dispose();
        await Issuer.DisposeAsync();
        await Traces.DisposeAsync();
        if (journal is not null)
        {
            await journal.DisposeAsync();
        }

        if (application is not null)
        {
            using var timeout = new CancellationTokenSource(StopTimeout);
            await application.StopAsync(timeout.Token);
            await application.DisposeAsync();
        }

        Directory.Delete(Path.GetDirectoryName(StatusFile)!, recursive: true);
    }
}
