namespace EmbedStack.AppHost.ModelTests;

/// <summary>What a developer can do from the dashboard.</summary>
public sealed class Commands(Models models)
{
    [Theory]
    [InlineData("superset-bootstrap", "rerun-bootstrap", "Re-run bootstrap", false)]
    [InlineData("clinic-data", "reseed", "Re-seed clinic data", true)]
    [InlineData("api", "warm-up", "Warm up dashboards", false)]
    [InlineData("keycloak", "reconcile-realm", "Reconcile realm", false)]
    [InlineData("superset", "doctor", "Doctor", false)]
    [InlineData("keycloak", "reset-realm", "Reset realm", true)]
    public void CommandsAreDescribedAndAskBeforeTheyDelete(string resource, string name, string title, bool deletes)
    {
        foreach (var model in new[] { models.Native, models.Container })
        {
            var command = model[resource].Annotations.OfType<ResourceCommandAnnotation>().Single(annotation => annotation.Name == name);

            Assert.Equal(title, command.DisplayName);
            Assert.NotNull(command.DisplayDescription);
            Assert.NotNull(command.IconName);
            Assert.Equal(deletes, command.ConfirmationMessage is not null);
        }
    }

    [Fact]
    public async Task AnOrdinaryRunNeitherReseedsNorWaitsForANewDay()
    {
        var environment = await models.Native.EnvironmentOfAsync("clinic-data");
        Assert.DoesNotContain("ClinicData__Reseed", environment.Keys);
        Assert.DoesNotContain("ClinicData__RollForward", environment.Keys);
    }
}
