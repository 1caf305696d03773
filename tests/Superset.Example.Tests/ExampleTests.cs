using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.Superset.Example.Tests;

/// <summary>The AppHost that the integration's README shows: nothing of this product but the integration.</summary>
public sealed class ExampleTests
{
    private const string Superset = "superset";

    // Made by ./embedstack where no registry has Superset's own image.
    private const string StandIn = "localhost/embedstack/superset";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public void ReadmeShowsItAsItStands()
    {
        var folder = Projects.Superset_Example.ProjectPath;
        var readme = File.ReadAllText(Path.Combine(folder, "../Superset/README.md"));

        Assert.Contains(File.ReadAllText(Path.Combine(folder, "AppHost.cs")).Trim(), readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SupersetServesOnMetadataThatItsUpgradeMade()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("EMBEDSTACK_TEST_RUNTIME") == "container", "It needs containers: ./embedstack test containers.");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Superset_Example>(timeout.Token);
        if (Environment.GetEnvironmentVariable("EmbedStack__Images__StandIns") == "true")
        {
            foreach (var build in builder.Resources.SelectMany(resource => resource.Annotations.OfType<DockerfileBuildAnnotation>()))
            {
                build.BuildArguments["SUPERSET"] = StandIn;
            }
        }

        await using var application = await builder.BuildAsync(timeout.Token);
        await using var journal = new ResourceJournal(application);
        try
        {
            await application.StartAsync(timeout.Token);
            await application.ResourceNotifications.WaitForResourceHealthyAsync(Superset, WaitBehavior.StopOnResourceUnavailable, timeout.Token);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The example did not start: {e.Message}\n{journal.Describe()}", e);
        }

        using var client = application.CreateHttpClient(Superset);
        Assert.Contains("Superset", await client.GetStringAsync("/login/", timeout.Token), StringComparison.Ordinal);
        await using var connection = new NpgsqlConnection(await application.GetConnectionStringAsync("superset-db", timeout.Token));
        await connection.OpenAsync(timeout.Token);
        await using var command = new NpgsqlCommand("select count(*) from alembic_version", connection);
        Assert.Equal(1L, await command.ExecuteScalarAsync(timeout.Token));
    }
}
