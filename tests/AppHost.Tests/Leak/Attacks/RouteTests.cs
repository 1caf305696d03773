using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>What a guest token opens besides charts' rows: its own dashboard's description, and nothing else.</summary>
public sealed class RouteTests(StackFixture stack)
{
    private static readonly HttpStatusCode[] Closed = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed];

    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    [Theory]
    [InlineData("", Way.Embed)]
    [InlineData("", Way.Direct)]
    [InlineData("/charts", Way.Embed)]
    [InlineData("/charts", Way.Direct)]
    [InlineData("/datasets", Way.Embed)]
    [InlineData("/datasets", Way.Direct)]
    public async Task OtherDashboardsAreClosed(string part, Way way)
    {
        var (guest, stored) = await GuestAsync("appointments");

        var own = await guest.GetAsync($"api/v1/dashboard/{stored.IdOf("appointments")}{part}", way);
        Assert.True(own.IsOk, own.ToString());
        foreach (var other in stored.Keys.Where(key => key != "appointments"))
        {
            var answer = await guest.GetAsync($"api/v1/dashboard/{stored.IdOf(other)}{part}", way);

            Assert.True(Closed.Contains(answer.Status), $"{other}{part}: {answer}");
        }
    }

    [Theory]
    [InlineData("api/v1/dashboard/related/owners")]
    [InlineData("api/v1/chart/related/owners")]
    [InlineData("api/v1/dashboard/related/roles")]
    [InlineData("api/v1/chart/")]
    [InlineData("api/v1/dashboard/")]
    [InlineData("api/v1/dataset/")]
    [InlineData("api/v1/database/")]
    [InlineData("api/v1/security/users/")]
    [InlineData("api/v1/query/")]
    [InlineData("api/v1/log/")]
    [InlineData("superset/welcome/")]
    [InlineData("sqllab/")]
    public async Task ListsAreClosedOnTheEmbedOrigin(string path)
    {
        var answer = await (await GuestAsync("clinic")).Guest.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Theory]
    [InlineData("api/v1/dataset/")]
    [InlineData("api/v1/database/")]
    [InlineData("api/v1/security/users/")]
    [InlineData("api/v1/query/")]
    [InlineData("api/v1/log/")]
    [InlineData("api/v1/theme/")]
    [InlineData("api/v1/annotation_layer/")]
    [InlineData("api/v1/chart/1/data/")]
    [InlineData("api/v1/form_data/?slice_id=1")]
    [InlineData("api/v1/dataset/1")]
    [InlineData("api/v1/database/1/schemas/")]
    [InlineData("api/v1/database/1/tables/?q=(schema_name:clinic)")]
    [InlineData("api/v1/sqllab/")]
    public async Task GuestsReadNoneOfSupersetsOwnRecords(string path)
    {
        var answer = await (await Attack.ByFrontDeskAsync(stack)).Guest.GetAsync(path, Way.Direct);

        Assert.True(Closed.Contains(answer.Status), answer.ToString());
    }

    [Theory]
    [InlineData("api/v1/chart/")]
    [InlineData("api/v1/dashboard/")]
    public async Task ListsHoldNoDashboardOrChartThatIsNotTheGuests(string path)
    {
        var answer = await (await GuestAsync("appointments")).Guest.GetAsync(path, Way.Direct);

        if (answer.IsOk)
        {
            var titles = JsonDocument.Parse(answer.Body).RootElement.GetProperty("result").EnumerateArray().Select(entry => entry.ToString()).ToArray();
            Assert.All(titles, title => Assert.Contains("Appointments", title, StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains(answer.Status, Closed);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task DescriptionOfTheDatasetsNamesNobody(Way way)
    {
        var (guest, stored) = await GuestAsync("clinic");
        var others = await OthersCells.OfAsync(stack, Person.NorthsideAdministrator);

        foreach (var part in new[] { "", "/charts", "/datasets" })
        {
            var answer = await guest.GetAsync($"api/v1/dashboard/{stored.IdOf("clinic")}{part}", way);

            Assert.True(answer.IsOk, answer.ToString());
            Assert.Empty(others.In(answer));
        }
    }

    [Fact]
    public async Task PermalinkOpensForOnesOwnClinicAlone()
    {
        var (guest, stored) = await GuestAsync("clinic");
        var made = await guest.SendAsync(
            HttpMethod.Post, $"api/v1/dashboard/{stored.IdOf("clinic")}/permalink", JsonContent.Create(new { dataMask = new { }, activeTabs = Array.Empty<string>() }), Way.Embed);
        Assert.True(made.Status == HttpStatusCode.Created, made.ToString());
        var path = $"api/v1/dashboard/permalink/{JsonDocument.Parse(made.Body).RootElement.GetProperty("key").GetString()}";

        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Guest.OfAsync(stack, Person.HarbourAdministrator, "clinic")).GetAsync(path)).Status);
    }

    [Theory]
    [InlineData(Way.Passed)]
    [InlineData(Way.Direct)]
    public async Task PermalinksAreNotSupersets(Way way)
    {
        var (guest, stored) = await GuestAsync("clinic");

        var made = await guest.SendAsync(
            HttpMethod.Post, $"api/v1/dashboard/{stored.IdOf("clinic")}/permalink", JsonContent.Create(new { dataMask = new { }, activeTabs = Array.Empty<string>() }), way);
        var read = await guest.GetAsync("api/v1/dashboard/permalink/nobodys", way);

        Assert.Contains(made.Status, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Contains(read.Status, Closed);
    }

    private async Task<(Guest Guest, StoredDashboards Stored)> GuestAsync(string dashboard)
    {
        var attack = await Attack.ByAdministratorAsync(stack, dashboard);
        return (attack.Guest, attack.Stored);
    }
}
