namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>What Superset is told about those who make dashboards.</summary>
public sealed class Authors(Models models)
{
    [Fact]
    public async Task SupersetIsAClientOfTheRealm()
    {
        var environment = await models.Native.EnvironmentOfAsync("superset");

        Assert.Equal("superset", environment["AUTHOR_CLIENT_ID"]);
        Assert.Equal("{0}/realms/embedstack", ((ReferenceExpression)environment["KEYCLOAK_ISSUER"]).Format);
        Assert.Equal("{0}/realms/embedstack", ((ReferenceExpression)environment["KEYCLOAK_INTERNAL_URL"]).Format);
        Assert.Equal("{0}://authors.localhost:{1}", ((ReferenceExpression)environment["AUTHORS_ORIGIN"]).Format);
    }

    [Theory]
    [InlineData("superset")]
    [InlineData("superset-bootstrap")]
    public async Task AuthorsQueriesRunAsTheirOwnRoleWithOneTenantsClaims(string process)
    {
        var environment = await models.Native.EnvironmentOfAsync(process);

        Assert.Equal("northside", environment["AUTHOR_TENANT"]);
        Assert.Equal("clinic_author", environment["CLINIC_AUTHOR_USERNAME"]);
        Assert.NotEqual(environment["CLINIC_DB_PASSWORD"], environment["CLINIC_AUTHOR_PASSWORD"]);
    }
}
