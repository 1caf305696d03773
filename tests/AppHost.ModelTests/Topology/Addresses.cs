#pragma warning disable ASPIRECERTIFICATES001 // The annotation tells whether a certificate was switched off.

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>Who listens where.</summary>
public sealed class Addresses(Models models)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1"];

    private static readonly string[] BackingServices = ["postgres", "redis", "keycloak", "superset", "renderer"];

    public static TheoryData<string, string> BackingServicesInEach => new MatrixTheoryData<string, string>(["native", "container"], BackingServices);

    [Theory]
    [MemberData(nameof(BackingServicesInEach))]
    public void BackingServicesListenOnLoopbackWithoutAProxy(string runtime, string name) =>
        Assert.All(models.In(runtime).EndpointsOf(name), endpoint =>
        {
            Assert.False(endpoint.IsProxied, $"{endpoint.Name} is proxied: a proxy parks what is sent to a dead service");
            Assert.Contains(endpoint.TargetHost, Loopback);
        });

    // Two stacks never want the same port of this machine.
    [Fact]
    public void NoContainerHasAFixedPortWhereDataAreThrownAway() =>
        Assert.All(BackingServices.SelectMany(models.Container.EndpointsOf), endpoint => Assert.Null(StackModel.FixedPortOf(endpoint)));

    [Fact]
    public void NoEndpointIsOpenToTheNetwork() =>
        Assert.All(
            models.Native.Resources.SelectMany(resource => models.Native.EndpointsOf(resource.Name)),
            endpoint => Assert.Contains(endpoint.TargetHost, Loopback));

    [Fact]
    public void RedisIsPlain()
    {
        var endpoint = Assert.Single(models.Container.EndpointsOf("redis"));

        Assert.Equal("redis", endpoint.UriScheme);
        Assert.Contains(models.Container["redis"].Annotations.OfType<HttpsCertificateAnnotation>(), annotation => annotation.UseDeveloperCertificate == false);
    }

    [Fact]
    public void DashboardsAreFramedFromAnotherSiteThanTheApp()
    {
        Assert.Equal("127.0.0.1", models.Native.EndpointsOf("api").Single(endpoint => endpoint.Name == "embed").TargetHost);
        Assert.Equal("localhost", Assert.Single(models.Native.EndpointsOf("web")).TargetHost);
    }

    [Fact]
    public async Task ABuiltAppIsServedByTheApiOnItsOwnOrigin()
    {
        var environment = await models.Built.EnvironmentOfAsync("api");

        Assert.DoesNotContain(models.Built.Resources, resource => resource.Name == "web");
        Assert.EndsWith(Path.Combine("Web", "dist"), (string)environment["App__Directory"], StringComparison.Ordinal);
        AssertOrigin("{0}://localhost:{1}", "api", "http", environment["Origins__App"]);
        Assert.DoesNotContain("App__Directory", await models.Native.EnvironmentOfAsync("api"));
    }

    [Theory]
    [InlineData("web", "http", 5173)]
    [InlineData("api", "http", 5180)]
    [InlineData("api", "embed", 5181)]
    [InlineData("api", "authors", 5182)]
    [InlineData("keycloak", "http", 5183)]
    [InlineData("keycloak", "management", 5184)]
    [InlineData("superset", "http", 5185)]
    [InlineData("postgres", "tcp", 5186)]
    [InlineData("redis", "tcp", 5187)]
    [InlineData("renderer", "http", 5188)]
    public void PortsAreFixedWhereDataAreKept(string name, string endpoint, int port) =>
        Assert.Equal(port, models.Persisted.EndpointsOf(name).Single(annotation => annotation.Name == endpoint).Port);

    // An endpoint without a proxy may have been given a free port already.
    [Fact]
    public void NoPortIsFixedWhereDataAreThrownAway()
    {
        var reserved = models.Persisted.Resources.SelectMany(resource => models.Persisted.EndpointsOf(resource.Name)).Select(endpoint => endpoint.Port);
        var taken = models.Native.Resources.SelectMany(resource => models.Native.EndpointsOf(resource.Name)).Select(endpoint => endpoint.Port);

        Assert.Empty(taken.OfType<int>().Intersect(reserved.OfType<int>()));
    }

    [Fact]
    public async Task TheApiLearnsItsPublicAddressesFromTheModel()
    {
        var environment = await models.Native.EnvironmentOfAsync("api");

        AssertOrigin("{0}://localhost:{1}", "web", "http", environment["Origins__App"]);
        Assert.Equal("embed", ((EndpointReference)environment["Origins__Embed"]).EndpointName);
        AssertOrigin("{0}://authors.localhost:{1}", "api", "authors", environment["Origins__Authors"]);
    }

    // Superset's cookies reach neither the app nor framed dashboards: browsers hold cookies by name, not by port.
    [Fact]
    public async Task AuthorsAreOnAnotherSiteThanTheAppAndTheDashboards()
    {
        var keycloak = await models.Native.EnvironmentOfAsync("keycloak");

        Assert.Equal("{0}://authors.localhost:{1}", ((ReferenceExpression)keycloak["AUTHORS_ORIGIN"]).Format);
    }

    internal static void AssertOrigin(string format, string resource, string endpoint, object value)
    {
        var origin = Assert.IsType<ReferenceExpression>(value);
        Assert.Equal(format, origin.Format);
        Assert.All(origin.ValueProviders.Cast<EndpointReferenceExpression>(), part => Assert.Equal((resource, endpoint), (part.Endpoint.Resource.Name, part.Endpoint.EndpointName)));
    }
}
