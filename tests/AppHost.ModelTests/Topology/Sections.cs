using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>What of the AppHost's configuration the processes are handed.</summary>
public sealed class Sections
{
    [Fact]
    public async Task ApiAndProvisionerReadTheirSectionsUnderTheirOwnNames()
    {
        await using var model = new StackModel(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
        [
            "--EmbedStack:Runtime=native", "--EmbedStack:Persist=false", "--EmbedStack:Audit:RetentionMonths=24",
            "--EmbedStack:Api:TrustedProxies:0=10.0.0.0/8", "--EmbedStack:Api:Alarms:Webhooks:0:Url=https://alarms.example/",
        ],
        TestContext.Current.CancellationToken));

        Assert.Equal("24", (await model.EnvironmentOfAsync("database-setup"))["Audit__RetentionMonths"]);
        var api = await model.EnvironmentOfAsync("api");
        Assert.Equal("10.0.0.0/8", api["TrustedProxies__0"]);
        Assert.Equal("https://alarms.example/", api["Alarms__Webhooks__0__Url"]);
    }
}
