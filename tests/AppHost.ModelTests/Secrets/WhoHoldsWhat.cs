namespace EmbedStack.AppHost.ModelTests.Secrets;

/// <summary>A process holds the secrets it needs and no others.</summary>
public sealed class WhoHoldsWhat(Models models)
{
    public static TheoryData<string, string[]> Readers => new()
    {
        { "db-clinic-reader-password", Sample.Readers },
        { "db-clinic-author-password", Sample.Readers },
    };

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task OnlyDatabaseSetupHoldsTheSuperusersPassword(string runtime)
    {
        var holders = await HoldersAsync(models.In(runtime), "postgres-password");

        Assert.Contains("database-setup", holders);
        Assert.Subset(new HashSet<string> { "database-setup", "postgres" }, holders);
    }

    [Theory]
    [InlineData("db-keycloak-password", "keycloak")]
    [InlineData("db-superset-meta-password", "superset", "superset-bootstrap")]
    [InlineData("db-superset-shared-password", "superset", "superset-bootstrap")]
    [InlineData("db-api-password", "api")]
    [InlineData("db-audit-maintenance-password")]
    [InlineData("db-clinic-owner-password", "clinic-data")]
    [InlineData("db-clinic-loader-password", "clinic-data")]
    [MemberData(nameof(Readers))]
    public async Task ARolesPasswordIsHeldByItsConsumersAlone(string parameter, params string[] consumers)
    {
        Assert.Equal(consumers.Append("database-setup").Order(), (await HoldersAsync(models.Native, parameter)).Order());
        Assert.Equal(consumers.Append("database-setup").Order(), (await HoldersAsync(models.Container, parameter)).Order());
    }

    [Theory]
    [InlineData("guest-token-secret", "api", "superset", "superset-bootstrap")]
    [InlineData("data-protection-key", "api")]
    [InlineData("edge-token-key", "api")]
    [InlineData("operator-key", "api")]
    [InlineData("assertion-key", "api", "superset", "superset-bootstrap")]
    [InlineData("service-account-password", "api", "superset", "superset-bootstrap")]
    [InlineData("api-client-secret", "api")]
    [InlineData("superset-client-secret", "superset")]
    public void WhatRotatesReachesItsConsumersAsAFile(string parameter, params string[] consumers)
    {
        var holders = models.Native.Resources
            .Where(resource => resource.Annotations.OfType<SecretFileAnnotation>().Any(file => file.Parameter.Name == parameter))
            .Select(resource => resource.Name);

        Assert.Equal(consumers, holders.Order());
    }

    [Theory]
    [InlineData("guest-token-secret")]
    [InlineData("assertion-key")]
    [InlineData("service-account-password")]
    [InlineData("data-protection-key")]
    [InlineData("edge-token-key")]
    [InlineData("operator-key")]
    public async Task WhatRotatesIsInNoEnvironment(string parameter) =>
        Assert.Empty(await HoldersAsync(models.Native, parameter));

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task NoSecretIsInArguments(string runtime)
    {
        var model = models.In(runtime);

        foreach (var resource in model.Resources.OfType<IResourceWithArgs>())
        {
            var arguments = await model.ArgumentsOfAsync(resource.Name);
            Assert.DoesNotContain(arguments.SelectMany(ValueParts.Parameters), parameter => parameter.Secret);
        }
    }

    private static async Task<HashSet<string>> HoldersAsync(StackModel model, string parameter)
    {
        var holders = new HashSet<string>();
        foreach (var resource in model.Resources.OfType<IResourceWithEnvironment>())
        {
            var environment = await model.EnvironmentOfAsync(resource.Name);
            if (environment.Values.SelectMany(ValueParts.Parameters).Any(held => held.Name == parameter))
            {
                holders.Add(resource.Name);
            }
        }

        return holders;
    }
}
