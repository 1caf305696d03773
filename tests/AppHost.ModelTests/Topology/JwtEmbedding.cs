using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>Whose own tokens the Api and Superset take for guests.</summary>
public sealed class JwtEmbedding(Models models)
{
    private const string Issuer = "--EmbedStack:JwtEmbedding:Issuer=https://id.host.example";
    private const string Audience = "--EmbedStack:JwtEmbedding:Audience=dashboards";
    private const string Keys = "--EmbedStack:JwtEmbedding:JwksUrl=https://id.host.example/keys";
    private const string Shared = "--EmbedStack:JwtEmbedding:Algorithm=HS256";

    public static TheoryData<string> Processes => ["superset", "api"];

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task NobodysUnlessAnIssuerIsConfigured(string runtime)
    {
        foreach (var process in new[] { "superset", "api" })
        {
            Assert.DoesNotContain((await models.In(runtime).EnvironmentOfAsync(process)).Keys, name => name.StartsWith("EMBED_JWT", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(models.In(runtime).Parameters, parameter => parameter.Name == "jwt-embedding-secret");
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public async Task IssuerWithPublishedKeysNeedsNoSecret(string process)
    {
        await using var model = await ModelAsync(Issuer, Audience, Keys, "--EmbedStack:JwtEmbedding:TenantClaim=org_id");

        var environment = await model.EnvironmentOfAsync(process);

        Assert.Equal("https://id.host.example", environment["EMBED_JWT_ISSUER"]);
        Assert.Equal("dashboards", environment["EMBED_JWT_AUDIENCE"]);
        Assert.Equal("https://id.host.example/keys", environment["EMBED_JWT_JWKS_URL"]);
        Assert.Equal("org_id", environment["EMBED_JWT_TENANT_CLAIM"]);
        Assert.DoesNotContain("EMBED_JWT_SECRET_FILE", environment.Keys);
        Assert.DoesNotContain(model.Parameters, parameter => parameter.Name == "jwt-embedding-secret");
    }

    [Theory]
    [MemberData(nameof(Processes))]
    public async Task SecretSharedWithAnIssuerIsOneOfItsOwnAndComesAsAFile(string process)
    {
        await using var model = await ModelAsync(Issuer, Audience, Shared);

        var environment = await model.EnvironmentOfAsync(process);
        var file = Assert.Single(model[process].Annotations.OfType<SecretFileAnnotation>(), file => file.EnvironmentName == "EMBED_JWT_SECRET_FILE");

        Assert.Equal("jwt-embedding-secret", file.Parameter.Name);
        Assert.True(file.Parameter.Secret);
        Assert.Equal("tenant_id", environment["EMBED_JWT_TENANT_CLAIM"]);
        Assert.DoesNotContain("EMBED_JWT_JWKS_URL", environment.Keys);
        Assert.DoesNotContain(environment.Values.SelectMany(ValueParts.Parameters), parameter => parameter.Name == "jwt-embedding-secret");
    }

    [Theory]
    [InlineData("Issuer", Audience, Keys)]
    [InlineData("Audience", Issuer, Keys)]
    [InlineData("JwksUrl", Issuer, Audience)]
    [InlineData("HS256", Issuer, Audience, Keys, Shared)]
    [InlineData("'none'", Issuer, Audience, Keys, "--EmbedStack:JwtEmbedding:Algorithm=none")]
    public async Task HalfAnIssuerStopsTheStart(string named, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => ModelAsync(arguments));

        Assert.Contains("EmbedStack:JwtEmbedding", refusal.ToString());
        Assert.Contains(named, refusal.ToString());
    }

    private static async Task<StackModel> ModelAsync(params string[] arguments) => new(
        await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--EmbedStack:Runtime=native", "--EmbedStack:Persist=false", .. arguments]));
}
