namespace EmbedStack.Offline.Tests;

/// <summary>The testing builder runs the AppHost's own entry point, with defaults that suit tests.</summary>
public sealed class TestingBuilderTests
{
    [Fact]
    public async Task AppHostTakesItsArgumentsAndTheFirstLaunchProfilesEnvironment()
    {
        await using var first = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>();
        await using var second = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>(["--DOTNET_LAUNCH_PROFILE=second"]);
        await using var third = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>(["--Greeting=hello from the arguments"]);

        Assert.Equal("hello from the first profile", first.Configuration["Greeting"]);
        Assert.Equal("Development", first.Environment.EnvironmentName);
        Assert.Equal("hello from the second profile", second.Configuration["Greeting"]);
        Assert.Equal("hello from the arguments", third.Configuration["Greeting"]);
        Assert.Equal(Projects.Toy_AppHost.ProjectPath, first.AppHostDirectory);
    }

    [Fact]
    public async Task BuilderHoldsWhatTheAppHostAddedAndCanBeChanged()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>(
            [], (options, _) => Assert.True(options.DisableDashboard));
        Assert.Equal(["service", "sleeper", "stubborn"], builder.Resources.Select(resource => resource.Name));
        builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == "stubborn"));
        builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single()).WithEnvironment("GREETING", "changed");

        await using var app = await builder.StartAsync();
        await app.WaitForHealthyAsync("service");
        using var client = app.CreateHttpClient("service");

        Assert.Equal("changed", await client.GetStringAsync("/"));
    }

    [Fact]
    public async Task QuestionsBeforeTheStartAndForUnknownResourcesAreErrors()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>();
        Assert.DoesNotContain(builder.Resources, resource => resource.Name == "aspire-dashboard");
        builder.Resources.Remove(builder.Resources.Single(resource => resource.Name == "stubborn"));
        await using var app = await builder.BuildAsync();

        await app.WithinAsync("the start", app.StartAsync);

        Assert.Throws<ArgumentException>(() => app.GetEndpoint("unknown"));
        Assert.Throws<ArgumentException>(() => app.GetEndpoint("service", "unknown"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await app.GetConnectionStringAsync("service"));
        await using var other = DistributedApplicationTestingBuilder.Create();
        await using var notStarted = await other.BuildAsync();
        Assert.Throws<InvalidOperationException>(() => notStarted.GetEndpoint("service"));
    }

    [Fact]
    public async Task AFailureOfTheEntryPointIsTheCallersFailure()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>(["--Fail=on purpose"]));

        Assert.Equal("on purpose", failure.Message);
    }

    [Fact]
    public async Task BuildersMadeAndLetGoAtTheSameTimeDoNotBlockOneAnother()
    {
        // Without watchers of settings' files: a user may have 128 of them.
        string[] args = ["--hostBuilder:reloadConfigOnChange=false"];
        var runs = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Toy_AppHost>(args);
            }
        }));

        await Task.WhenAll(runs).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
