using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>A stack with several instances of its parts.</summary>
public sealed class Instances
{
    private static readonly string[] Supersets = ["superset", "superset-2", "superset-3"];

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public async Task SupersetsDifferByTheirPortsAlone(string runtime)
    {
        await using var model = await CreateAsync(runtime, "--EmbedStack:Superset:Instances=3");

        Assert.Equal(Supersets, model.Resources.Where(resource => resource is ISupersetResource && !model.RunsToCompletion(resource)).Select(one => one.Name));
        var first = await model.EnvironmentOfAsync("superset");
        foreach (var name in Supersets)
        {
            var environment = await model.EnvironmentOfAsync(name);
            Assert.Equal(first.Keys.Order(), environment.Keys.Order());
            Assert.All(
                environment.Where(variable => variable.Value is ParameterResource or string && variable.Key != "OTEL_SERVICE_NAME"),
                variable => Assert.Equal(first[variable.Key], variable.Value is string text ? text.Replace($"secrets/{name}/", "secrets/superset/", StringComparison.Ordinal) : variable.Value));
            Assert.Equal(Waits(model, "superset"), Waits(model, name));
        }

        var ports = Supersets.Select(name => StackModel.FixedPortOf(Assert.Single(model.EndpointsOf(name)))).OfType<int>().ToArray();
        Assert.Equal(ports.Length, ports.Distinct().Count());
    }

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public async Task ApiKnowsEachSupersetByTheServicesName(string runtime)
    {
        await using var model = await CreateAsync(runtime, "--EmbedStack:Superset:Instances=3");

        var environment = await model.EnvironmentOfAsync("api");
        Assert.Equal(
            Supersets, Enumerable.Range(0, 3).Select(number => Assert.Single(ValueParts.Endpoints(environment[$"services__superset__http__{number}"])).Name));
        Assert.DoesNotContain("services__superset__http__3", environment);
        Assert.Superset(Supersets.ToHashSet(), Waits(model, "api").ToHashSet());
    }

    [Fact]
    public async Task OneBootstrapPreparesAllOfThemAndIsShownBeneathTheFirst()
    {
        await using var model = await CreateAsync("native", "--EmbedStack:Superset:Instances=3");

        Assert.All(Supersets, name => Assert.Contains("superset-bootstrap", Waits(model, name)));
        var parent = Assert.Single(
            model["superset-bootstrap"].Annotations.OfType<ResourceRelationshipAnnotation>(), relationship => relationship.Type == "Parent");
        Assert.Equal("superset", parent.Resource.Name);
    }

    [Fact]
    public async Task FixedPortIsTheFirstOnes()
    {
        await using var model = await CreateAsync("container", "--EmbedStack:Superset:Instances=2", "--EmbedStack:Persist=true");

        Assert.Equal(5185, StackModel.FixedPortOf(Assert.Single(model.EndpointsOf("superset"))));
        Assert.Null(StackModel.FixedPortOf(Assert.Single(model.EndpointsOf("superset-2"))));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("container")]
    public async Task EdgesStandApartAndTheFirstIsTheEmbedOrigin(string runtime)
    {
        await using var model = await CreateAsync(runtime, "--EmbedStack:Api:Instances=2", "--EmbedStack:Edge:Instances=2", "--EmbedStack:Persist=true");

        foreach (var (name, role, endpoints, ports) in new[]
        {
            ("api", "app", new[] { "authors", "http" }, new int?[] { 5182, 5180 }), ("api-2", "app", ["authors", "http"], [null, null]),
            ("edge", "edge", ["embed", "http"], [5181, null]), ("edge-2", "edge", ["embed", "http"], [null, null]),
        })
        {
            var environment = await model.EnvironmentOfAsync(name);
            var own = model.EndpointsOf(name).OrderBy(endpoint => endpoint.Name).ToArray();
            Assert.Equal((role, "embed", "edge"), (
                environment["Role"], ((EndpointReference)environment["Origins__Embed"]).EndpointName, ((EndpointReference)environment["Origins__Embed"]).Resource.Name));
            Assert.Equal(endpoints, own.Select(endpoint => endpoint.Name));
            Assert.Equal(ports, own.Select(endpoint => endpoint.Port));
            Assert.DoesNotContain("Instances", environment);
            Assert.True(name == "api" || Waits(model, name).Contains("api"), $"{name} names the first, and does not wait for it");
        }

        Assert.Equal("edge", ((EndpointReference)(await model.EnvironmentOfAsync("renderer"))["Origins__Embed"]).Resource.Name);
        Assert.Superset(new HashSet<string> { "web", "edge" }, Waits(model, "renderer").ToHashSet());
    }

    [Fact]
    public async Task ApiIsTheEmbedOriginWhereThereIsNoEdge()
    {
        await using var model = await CreateAsync("native", "--EmbedStack:Api:Instances=2", "--EmbedStack:Web=built");

        foreach (var name in new[] { "api", "api-2" })
        {
            var environment = await model.EnvironmentOfAsync(name);
            Assert.Equal(["authors", "embed", "http"], model.EndpointsOf(name).Select(endpoint => endpoint.Name).Order());
            Assert.Equal("api", ((EndpointReference)environment["Origins__Embed"]).Resource.Name);
            Assert.DoesNotContain("Role", environment);
            Assert.Contains("App__Directory", environment);
        }

        Assert.DoesNotContain(model.Resources, resource => resource.Name.StartsWith("edge", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Waits(StackModel model, string name) => model.WaitsOf(name).Select(wait => wait.Resource.Name).Distinct().Order();

    private static async Task<StackModel> CreateAsync(string runtime, params string[] arguments) => new(
        await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--EmbedStack:Runtime={runtime}", "--EmbedStack:Persist=false", .. arguments], TestContext.Current.CancellationToken));
}
