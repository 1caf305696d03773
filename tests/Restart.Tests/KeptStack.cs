using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EmbedStack.Restart.Tests;

/// <summary>The whole stack on data and secrets that outlive it, at random ports.</summary>
internal sealed class KeptStack : IAsyncDisposable, IProductStack
{
    private static readonly string Runtime = Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_RUNTIME") ?? "native";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(3);

    private readonly DistributedApplication application;
    private readonly ResourceJournal journal;

    private KeptStack(DistributedApplication application) => (this.application, journal) = (application, new ResourceJournal(application));

    public Uri App => application.GetEndpoint(ResourceNames.Api, "http");

    private DistributedApplicationModel Model => application.Services.GetRequiredService<DistributedApplicationModel>();

    /// <param name="folder">Where its data are.</param>
    /// <param name="secrets">What the stack before it had; none, and it has new ones.</param>
    public static async Task<KeptStack> StartAsync(string folder, IReadOnlyDictionary<string, string> secrets)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [
                $"--EmbedStack:Runtime={Runtime}",
                $"--EmbedStack:DataDirectory={folder}",
                "--EmbedStack:Persist=false",
                "--EmbedStack:Https=false",
                "--EmbedStack:Web=built",
                "--EmbedStack:ClinicData:Scale=small",
                "--EmbedStack:Api:Edge:WarmUp:AfterChanges=false",
                .. secrets.Select(secret => $"--Parameters:{secret.Key}={secret.Value}"),
            ],
            timeout.Token);
        var stack = new KeptStack(await builder.BuildAsync(timeout.Token));
        try
        {
            await stack.application.StartAsync(timeout.Token);
            await stack.application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Api, WaitBehavior.StopOnResourceUnavailable, timeout.Token);
            return stack;
        }
        catch (Exception e)
        {
            var told = stack.Describe();
            await stack.DisposeAsync();
            throw new InvalidOperationException($"The stack did not start: {e.Message}\n{told}", e);
        }
    }

    public async Task<string> ParameterAsync(string name) => (await SecretsAsync())[name];

    /// <summary>Every parameter's value.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SecretsAsync()
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in Model.Resources.OfType<ParameterResource>())
        {
            values[parameter.Name] = await parameter.GetValueAsync(TestContext.Current.CancellationToken) ?? "";
        }

        return values;
    }

    public string Describe() => journal.Describe();

    /// <summary>Asks a database as the server's superuser.</summary>
    public async Task<T> ScalarAsync<T>(string database, string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(await application.GetConnectionStringAsync(database)) { Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Runs Superset's own command with what the running Superset has.</summary>
    public async Task SupersetAsync(params string[] arguments)
    {
        var superset = RunningPart.Of(application, ResourceNames.Superset);
        var start = superset.Container is null
            ? OfProcess(superset.Process!.Value, arguments)
            : new ProcessStartInfo(ContainerTool.Name, ["exec", superset.Container, "superset", .. arguments]);
        var run = await ProcessRun.OfAsync(start, CommandTimeout);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    /// <summary>Stops it, and leaves what it keeps.</summary>
    public async ValueTask DisposeAsync()
    {
        await journal.DisposeAsync();
        using var timeout = new CancellationTokenSource(StopTimeout);
        await application.StopAsync(timeout.Token);
        await application.DisposeAsync();
    }

    /// <summary>The volumes that its containers keep their data in.</summary>
    public string[] Volumes() =>
        [.. Model.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerMountAnnotation>()).Where(mount => mount.Type is ContainerMountType.Volume).Select(mount => mount.Source!)];

    private static ProcessStartInfo OfProcess(int id, string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads Superset's environment from /proc.");
        var root = Path.GetFullPath("..", Projects.AppHost.ProjectPath);
        var start = new ProcessStartInfo(Path.Combine(root, ".embedstack/venv/bin/superset"), arguments) { WorkingDirectory = Path.Combine(root, "SupersetContainer") };
        start.Environment.Clear();
        foreach (var line in File.ReadAllText($"/proc/{id}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            start.Environment[line[..at]] = line[(at + 1)..];
        }

        return start;
    }
}
