using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Api.Tests.Health;

/// <summary>Leadership sees what is down, and which dashboards fail.</summary>
public sealed class StackHealthTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/admin/health";

    [Fact]
    public async Task PartThatIsAwayIsDownAndTheOthersAreUp()
    {
        using var leader = await LeaderAsync();
        Assert.Equal(["database up", "superset up", "keycloak up", "renderer absent", "secrets up", "audit up"], await PartsAsync(leader));
        api.Superset.Away = true;
        try
        {
            Assert.Equal(["database up", "superset down", "keycloak up", "renderer absent", "secrets up", "audit up"], await PartsAsync(leader));
        }
        finally
        {
            api.Superset.Away = false;
        }

        Assert.Contains("superset up", await PartsAsync(leader));
    }

    [Fact]
    public async Task OneSupersetOfTwoThatIsAwayIsDegradedUntilItIsBack()
    {
        await using var second = new SupersetPeer(FreePorts.Take(1)[0], api.Clock, api.Superset);
        await second.StartAsync();
        await using var instance = api.StartInstance(("services:superset:http:1", second.Address));
        using var leader = ApiFixture.NewBrowser(instance);
        (await leader.SignInAsync(api.Keycloak, Leader)).Dispose();
        Assert.Contains("superset up", await PartsAsync(leader));

        second.Away = true;
        await Eventually.TrueAsync("one is missed", async () => (await PartsAsync(leader)).Contains("superset degraded"));
        second.Away = false;
        await Eventually.TrueAsync("both are there", async () => (await PartsAsync(leader)).Contains("superset up"));
    }

    [Fact]
    public async Task DashboardTellsWhatWasAskedOfItInTheLastHour()
    {
        await api.Database.ExecuteAsync("""
            insert into audit.data_access (day, instance, segment, position, at, tenant, role, way, dashboard, outcome, reason)
            select current_date, gen_random_uuid(), 1, 1, now() - age, 'northside', 'admin', 'chart', 'clinic', outcome, reason
            from (values ('1 minute'::interval, 'allowed', null), ('2 minutes', 'allowed', null), ('3 minutes', 'refused', 'forbidden'),
                ('4 minutes', 'refused', 'superset-unavailable'), ('2 hours', 'allowed', null)) asked (age, outcome, reason)
            """);
        using var leader = await LeaderAsync();
        api.Clock.Advance(TimeSpan.FromSeconds(10)); // what another test's page was told is kept for so long
        var dashboards = (await leader.GetJsonAsync(Path)).GetProperty("dashboards").EnumerateArray().ToDictionary(found => found.GetProperty("key").GetString()!);

        var clinic = dashboards["clinic"];
        Assert.Equal("Clinic overview", clinic.GetProperty("title").GetString());
        Assert.Equal((2, 1, 1), (Number("answered"), Number("refused"), Number("failed")));
        Assert.True(clinic.GetProperty("installed").GetBoolean() && clinic.GetProperty("enabled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, dashboards["network"].GetProperty("last_at").ValueKind);

        int Number(string name) => clinic.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task HourIsCountedOnceInTenSeconds()
    {
        using var leader = await LeaderAsync();
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        var before = await AnsweredAsync(leader);
        await api.Database.ExecuteAsync("""
            insert into audit.data_access (day, instance, segment, position, at, tenant, role, way, dashboard, outcome)
            values (current_date, gen_random_uuid(), 1, 1, now(), 'northside', 'admin', 'chart', 'appointments', 'allowed')
            """);
        Assert.Equal(before, await AnsweredAsync(leader));
        api.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(before + 1, await AnsweredAsync(leader));
    }

    [Fact]
    public async Task NobodyElseSeesIt()
    {
        using var administrator = await api.SignInAsync(new TestPerson());
        using var answer = await administrator.GetAsync(Path);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static TestPerson Leader => new() { Roles = ["network"], Organizations = ["lakeland"] };

    private Task<Browser> LeaderAsync() => api.SignInAsync(Leader);

    private static async Task<int> AnsweredAsync(Browser leader) =>
        (await leader.GetJsonAsync(Path)).GetProperty("dashboards").EnumerateArray().Single(found => found.GetProperty("key").GetString() == "appointments").GetProperty("answered").GetInt32();

    private static async Task<string[]> PartsAsync(Browser leader) =>
        [.. (await leader.GetJsonAsync(Path)).GetProperty("parts").EnumerateArray().Select(part => $"{part.GetProperty("name")} {part.GetProperty("state")}")];
}
