#pragma warning disable ASPIRECERTIFICATES001 // The annotation tells whose certificate is served.

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>What <c>EmbedStack:Https=true</c> changes, and what it leaves.</summary>
public sealed class SecureOrigins(Models models)
{
    [Fact]
    public void BrowsersEndpointsAreHttpsAndOneForServersStaysPlain()
    {
        Assert.Equal(
            [("authors", "https", 5182), ("embed", "https", 5181), ("http", "http", null), ("https", "https", 5180)],
            Endpoints(models.SecureBuilt, "api"));
        Assert.Equal(
            [("authors", "https", 5182), ("embed", "https", 5181), ("http", "http", 5180)],
            Endpoints(models.Secure, "api"));
        Assert.Equal([("http", "https", 5173)], Endpoints(models.Secure, "web"));
    }

    [Fact]
    public void BackingServicesAreLeftAlone() =>
        Assert.All(
            models.SecureBuilt.Resources.Where(resource => resource.Name is not ("api" or "web")).SelectMany(resource => models.SecureBuilt.EndpointsOf(resource.Name)),
            endpoint => Assert.NotEqual("https", endpoint.UriScheme));

    // What a browser is told of one host holds on all its ports: localhost is Keycloak's, and every other project's.
    [Fact]
    public async Task OriginsAreHostsOfTheirOwn()
    {
        var built = await models.SecureBuilt.EnvironmentOfAsync("api");
        Addresses.AssertOrigin("{0}://embedstack.localhost:{1}", "api", "https", built["Origins__App"]);
        Addresses.AssertOrigin("{0}://embedstack-authors.localhost:{1}", "api", "authors", built["Origins__Authors"]);
        Assert.Equal(("embed", "https"), (((EndpointReference)built["Origins__Embed"]).EndpointName, ((EndpointReference)built["Origins__Embed"]).Scheme));
        Assert.Equal("127.0.0.1", models.SecureBuilt.EndpointsOf("api").Single(endpoint => endpoint.Name == "embed").TargetHost);

        Addresses.AssertOrigin("{0}://embedstack.localhost:{1}", "web", "http", (await models.Secure.EnvironmentOfAsync("api"))["Origins__App"]);
    }

    [Fact]
    public async Task KeycloakAndSupersetNameTheSameOrigins()
    {
        var keycloak = await models.SecureBuilt.EnvironmentOfAsync("keycloak");
        Addresses.AssertOrigin("{0}://embedstack.localhost:{1}", "api", "https", keycloak["APP_ORIGIN"]);
        Addresses.AssertOrigin("{0}://embedstack-authors.localhost:{1}", "api", "authors", keycloak["AUTHORS_ORIGIN"]);
        var superset = await models.SecureBuilt.EnvironmentOfAsync("superset");
        Addresses.AssertOrigin("{0}://embedstack.localhost:{1}", "api", "https", superset["HOST_ORIGINS"]);
        Addresses.AssertOrigin("{0}://embedstack-authors.localhost:{1}", "api", "authors", superset["AUTHORS_ORIGIN"]);
        Assert.Equal("{0}/realms/embedstack", ((ReferenceExpression)superset["KEYCLOAK_INTERNAL_URL"]).Format);
    }

    // Keycloak trusts no certificate of this machine's making.
    [Fact]
    public async Task KeycloakTellsOfSignOutsInTheClear()
    {
        var address = (EndpointReference)(await models.SecureBuilt.EnvironmentOfAsync("keycloak"))["API_ORIGIN"];

        Assert.Equal(("api", "http", "http"), (address.Resource.Name, address.EndpointName, address.Scheme));
        Assert.Equal("api_http_/health_200_check", Assert.Single(models.SecureBuilt["api"].Annotations.OfType<HealthCheckAnnotation>()).Key);
    }

    [Fact]
    public async Task OneCertificateServesThemAll()
    {
        var api = await models.SecureBuilt.EnvironmentOfAsync("api");
        var file = Assert.IsType<string>(api["Kestrel__Certificates__Default__Path"]);

        Assert.EndsWith(Path.Combine(".embedstack", "https", "origins.pem"), file, StringComparison.Ordinal);
        Assert.Equal(file, api["Kestrel__Certificates__Default__KeyPath"]);
        Assert.Equal(file, (await models.Secure.EnvironmentOfAsync("web"))["HTTPS_CERTIFICATE"]);
        Assert.Contains(models.SecureBuilt["api"].Annotations.OfType<HttpsCertificateAnnotation>(), annotation => annotation.UseDeveloperCertificate == false);
    }

    [Fact]
    public async Task WithoutTheSettingThereIsNoCertificate()
    {
        Assert.DoesNotContain(await models.Built.EnvironmentOfAsync("api"), variable => variable.Key.Contains("Certificate", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("HTTPS_CERTIFICATE", await models.Native.EnvironmentOfAsync("web"));
        Assert.All(
            models.Built.Resources.Concat(models.Native.Resources).SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>()),
            endpoint => Assert.NotEqual("https", endpoint.UriScheme));
    }

    [Fact]
    public void DeploymentsDoNotTakeAnybodysWordOnAddresses() =>
        Assert.Single(models.Native["api"].Annotations.OfType<DisableForwardedHeadersAnnotation>());

    private static IEnumerable<(string Name, string Scheme, int? Port)> Endpoints(StackModel model, string resource) =>
        model.EndpointsOf(resource).Select(endpoint => (endpoint.Name, endpoint.UriScheme, endpoint.Port)).Order();
}
