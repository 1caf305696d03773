using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

/// <summary>A clinic's administrator sees all that happened to the clinic's people: each row says whose it is.</summary>
public sealed class OwnPeopleTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task AdministratorSeesRefreshesSignOutsEndedSessionsAndRefusalsOfOwnPeople()
    {
        using var admin = await api.SignInAsync(new TestPerson());
        var person = new TestPerson { Roles = ["staff"] };
        using (var browser = await api.SignInAsync(person))
        {
            api.Clock.Advance(TimeSpan.FromSeconds(290));
            using var refreshed = await browser.GetAsync("/bff/user");
            Assert.True(refreshed.IsSuccessStatusCode);
            using var left = await browser.PostAsync("/bff/logout");
            Assert.True(left.IsSuccessStatusCode);
        }

        using (var browser = await api.SignInAsync(person))
        {
            person.Active = false;
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            using var ended = await browser.GetAsync("/api/dashboards");
            Assert.False(ended.IsSuccessStatusCode);
            (person.Active, person.Roles) = (true, []);
        }

        using (var browser = await api.SignInAsync(person))
        {
            using var refused = await browser.GetAsync("/api/dashboards");
            Assert.False(refused.IsSuccessStatusCode);
        }

        var events = (await admin.GetJsonAsync($"/api/audit?person={person.Subject}&limit=100")).GetProperty("events");
        Assert.Equal(
            ["access", "refresh", "session_ended", "sign_in", "sign_out"],
            events.EnumerateArray().Select(row => row.GetProperty("kind").GetString()!).Distinct().Order(StringComparer.Ordinal));
        Assert.All(events.EnumerateArray(), row => Assert.Equal("northside", row.GetProperty("tenant").GetString()));
        Assert.All(
            events.EnumerateArray().Where(row => row.GetProperty("kind").GetString() is "refresh" or "session_ended" or "sign_out"),
            row => Assert.Equal("staff", row.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task AnotherTenantsNameAndAMalformedBodyAreTwoRows()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.PostAsync("/api/superset/guest-token?tenant=harbour", new { dashboard_keys = Array.Empty<string>() });
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        var rows = await api.Database.QueryAsync(
            "select reason from audit.events where outcome = 'refused' and person = audit.person($1) order by reason", person.Subject);
        Assert.Equal(["malformed-request", "other-tenant"], rows.Select(row => row["reason"]));
    }
}
