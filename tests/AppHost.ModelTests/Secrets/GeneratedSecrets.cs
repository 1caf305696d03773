using EmbedStack.AppHost.Realms;

namespace EmbedStack.AppHost.ModelTests.Secrets;

/// <summary>No secret is chosen by hand.</summary>
public sealed class GeneratedSecrets(Models models)
{
    private static readonly string[] Expected =
    [
        "api-client-secret", "assertion-key", "data-protection-key", "db-api-password", "db-audit-maintenance-password",
        "db-clinic-author-password", "db-clinic-loader-password", "db-clinic-owner-password", "db-clinic-reader-password", "db-keycloak-password",
        "db-superset-meta-password", "db-superset-shared-password", "edge-token-key", "guest-token-secret", "keycloak-admin-password",
        "northside-integration-client-secret", "operator-key", "postgres-password", "redis-password", "renderer-key", "service-account-password", "superset-client-secret", "superset-ingress-secret",
        "superset-jwt-secret-key", "superset-secret-key", "tenants-client-secret",
    ];

    private static IEnumerable<string> OfPersons => DemoUser.Of(new RealmFile(Path.Combine(Projects.AppHost.ProjectPath, KeycloakRealm.File)).Read())
        .Select(user => user.PasswordPlaceholder.ToLowerInvariant().Replace('_', '-'));

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public void ParametersAreTheOnesOfTheStack(string runtime) =>
        Assert.Equal(Expected.Concat(OfPersons).Order(), models.In(runtime).Parameters.Select(parameter => parameter.Name).Order());

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public void ParametersAreSecretAndGenerated(string runtime) => Assert.All(models.In(runtime).Parameters, parameter =>
    {
        Assert.True(parameter.Secret, $"{parameter.Name} is not secret");
        var generated = Assert.IsType<GenerateParameterDefault>(parameter.Default);
        Assert.True(generated.MinLength >= 32, $"{parameter.Name} is short");
        Assert.False(generated.Special, $"{parameter.Name} may hold characters that connection strings and templates give a meaning");
    });

    [Fact]
    public void GeneratedValuesAreLettersAndDigitsAndDiffer()
    {
        var values = models.Native.Parameters.Select(parameter => parameter.Default!.GetDefaultValue()).ToList();

        Assert.All(values, value => Assert.Matches("^[A-Za-z0-9]{32,}$", value));
        Assert.Equal(values.Count, values.Distinct().Count());
    }

    [Fact]
    public void SecretsAreKeptWhereDataAreKept() =>
        Assert.All(models.Persisted.Parameters, parameter => Assert.IsNotType<GenerateParameterDefault>(parameter.Default));
}
