using Aspire.Hosting.Testing;

namespace EmbedStack.AppHost.ModelTests.Topology;

/// <summary>The loader, Superset and the edge take the same day for today, wherever they run.</summary>
public sealed class DayOfTheData(Models models)
{
    private static readonly (string Process, string Name)[] Told =
    [
        ("clinic-data", "ClinicData__TimeZone"), ("superset-bootstrap", "TZ"), ("superset", "TZ"), ("api", "Edge__Cache__TimeZone"),
    ];

    [Theory]
    [MemberData(nameof(Models.Runtimes), MemberType = typeof(Models))]
    public async Task IsThatOfTheDemosClinics(string runtime)
    {
        foreach (var (process, name) in Told)
        {
            Assert.Equal("Australia/Sydney", (await models.In(runtime).EnvironmentOfAsync(process))[name]);
        }
    }

    [Fact]
    public async Task IsOneSetting()
    {
        await using var model = new StackModel(await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--EmbedStack:Runtime=native", "--EmbedStack:Persist=false", "--EmbedStack:TimeZone=Europe/Vienna"], TestContext.Current.CancellationToken));
        foreach (var (process, name) in Told)
        {
            Assert.Equal("Europe/Vienna", (await model.EnvironmentOfAsync(process))[name]);
        }
    }
}
