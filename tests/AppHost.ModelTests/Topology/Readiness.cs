namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>Nothing starts before what it needs, and nothing counts as ready untested.</summary>
public sealed class Readiness(Models models)
{
    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public void EveryResourceHasAHealthCheckOrRunsToCompletion(string runtime)
    {
        var model = models.In(runtime);

        Assert.All(model.Resources, resource => Assert.True(
            model.RunsToCompletion(resource) || resource.Annotations.OfType<HealthCheckAnnotation>().Any(),
            $"{resource.Name} has no health check"));
    }

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task EveryResourceWaitsForWhatItsEnvironmentNames(string runtime)
    {
        var model = models.In(runtime);

        foreach (var resource in model.Resources.OfType<IResourceWithEnvironment>())
        {
            var environment = await model.EnvironmentOfAsync(resource.Name);
            var needed = environment.Values.SelectMany(ValueParts.Endpoints)
                .Select(other => other.Name)
                .Distinct()
                // An address of something that starts later is told, not called.
                .Where(other => other != resource.Name && !model.EverythingBefore(other).Contains(resource.Name));

            Assert.Subset(model.EverythingBefore(resource.Name).ToHashSet(), needed.ToHashSet());
        }
    }

    [Theory]
    [InlineData("database-setup", "postgres", "keycloak-db", "superset-db", "embedstack-db", "clinic-db")]
    [InlineData("keycloak", "database-setup")]
    [InlineData("clinic-data", "database-setup")]
    [InlineData("superset-bootstrap", "clinic-data", "redis")]
    [InlineData("superset", "keycloak", "superset-bootstrap", "redis")]
    [InlineData("api", "keycloak", "superset")]
    [InlineData("web", "api")]
    [InlineData("renderer", "web")]
    public void ResourcesStartInOrder(string name, params string[] dependencies) =>
        Assert.Equal(dependencies.Order(), models.Native.WaitsOf(name).Select(wait => wait.Resource.Name).Distinct().Order());

    [Theory]
    [InlineData("database-setup")]
    [InlineData("clinic-data")]
    [InlineData("superset-bootstrap")]
    public void WhatFollowsAJobNeedsItsSuccess(string job)
    {
        var waits = models.Native.Resources.SelectMany(resource => models.Native.WaitsOf(resource.Name)).Where(wait => wait.Resource.Name == job);

        Assert.NotEmpty(waits);
        Assert.All(waits, wait => Assert.Equal((WaitType.WaitForCompletion, 0), (wait.WaitType, wait.ExitCode)));
    }
}
