using Aspire.Hosting.Dashboard.Messages;
using Google.Protobuf.WellKnownTypes;

namespace EmbedStack.Offline.Tests;

/// <summary>What the AppHost answers the dashboard by gRPC.</summary>
public sealed class ResourceServiceTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int Unimplemented = 12;
    private const int Unauthenticated = 16;

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task CallsWithoutTheKeyAreRefused(string? key)
    {
        using var client = new GrpcClient(fixture.ResourceServiceAddress, key);
        var (messages, status) = await client.CallAsync("GetApplicationInformation", new Empty(), ApplicationInformationResponse.Parser);

        Assert.Equal(Unauthenticated, status);
        Assert.Empty(messages);
    }

    [Fact]
    public async Task ApplicationIsNamedAndUnknownMethodsAreUnimplemented()
    {
        using var client = CreateClient();
        var (information, status) = await client.CallAsync("GetApplicationInformation", new Empty(), ApplicationInformationResponse.Parser);
        Assert.Equal("Aspire.Hosting.Tests", information.Single().ApplicationName);
        Assert.Equal(0, status);

        (_, status) = await client.CallAsync("UploadFile", new Empty(), Empty.Parser);
        Assert.Equal(Unimplemented, status);
    }

    [Fact]
    public async Task InteractionsAreWatchedButNeverCome()
    {
        using var client = CreateClient();
        var watching = client.CallAsync("WatchInteractions", new Empty(), Empty.Parser);

        await Assert.ThrowsAsync<TimeoutException>(() => watching.WaitAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task ResourcesComeFirstAllThenAsTheyChange()
    {
        using var client = CreateClient();
        var (messages, _) = await client.CallAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, count: 1);
        var resources = messages.Single().InitialData.Resources;

        var service = resources.Single(resource => resource.DisplayName == "service");
        Assert.Equal(("Project", "Running"), (service.ResourceType, service.State));
        Assert.NotNull(service.CreatedAt);
        Assert.Contains(service.Commands, command => command is { Name: "greet", IconName: "Hand", State: CommandState.Enabled });
        Assert.Equal(HealthStatus.Healthy, service.HealthReports.Single().Status);
        var url = service.Urls.Single(candidate => candidate.EndpointName == "http");
        Assert.Equal(fixture.App.GetEndpoint("service"), new Uri(url.FullUrl));
        Assert.NotNull(url.DisplayProperties);

        Assert.True(resources.Single(resource => resource.DisplayName == "aspire-dashboard").IsHidden);
        Assert.All(resources.SelectMany(resource => resource.Properties), property => Assert.NotNull(property.Value));
    }

    [Fact]
    public async Task SecretsAreMarkedSensitive()
    {
        using var client = CreateClient();
        var (messages, _) = await client.CallAsync("WatchResources", new WatchResourcesRequest(), WatchResourcesUpdate.Parser, count: 1);
        var telling = messages.Single().InitialData.Resources
            .SelectMany(resource => resource.Properties)
            .Where(property => property.Value.ToString().Contains("a secret value", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(telling);
        Assert.All(telling, property => Assert.True(property.IsSensitive, property.Name));
    }

    [Fact]
    public async Task ConsoleLogsComeWithTimestampsAndTheirStream()
    {
        using var client = CreateClient();
        var request = new WatchResourceConsoleLogsRequest { ResourceName = fixture.IdOf("writer") };
        var lines = new List<ConsoleLogLine>();
        await fixture.App.WithinAsync("both lines", async _ =>
        {
            while (lines.Count(line => line.Text.Contains("written to", StringComparison.Ordinal)) < 2)
            {
                var (messages, _) = await client.CallAsync(
                    "WatchResourceConsoleLogs", Snapshot(request), WatchResourceConsoleLogsUpdate.Parser);
                lines = [.. messages.SelectMany(message => message.LogLines)];
            }
        });

        Assert.Contains(lines, line => line.Text.EndsWith("Z written to stdout", StringComparison.Ordinal) && !line.IsStdErr);
        Assert.Contains(lines, line => line.Text.EndsWith("Z written to stderr", StringComparison.Ordinal) && line.IsStdErr);
    }

    [Fact]
    public async Task CommandsRunAndTellTheirOutcome()
    {
        using var client = CreateClient();
        var request = new ResourceCommandRequest { CommandName = "greet", ResourceName = fixture.IdOf("service"), ResourceType = "Project" };
        var (succeeded, _) = await client.CallAsync("ExecuteResourceCommand", request, ResourceCommandResponse.Parser);
        request.CommandName = "unknown";
        var (failed, _) = await client.CallAsync("ExecuteResourceCommand", request, ResourceCommandResponse.Parser);

        Assert.Equal((CommandOutcome.Succeeded, "greeted"), (succeeded.Single().Kind, succeeded.Single().Message));
        Assert.Equal(CommandOutcome.Failed, failed.Single().Kind);
    }

    private GrpcClient CreateClient() => new(fixture.ResourceServiceAddress, fixture.Configured("AppHost:ResourceService:ApiKey"));

    private static WatchResourceConsoleLogsRequest Snapshot(WatchResourceConsoleLogsRequest request)
        => new(request) { SuppressFollow = true };
}
