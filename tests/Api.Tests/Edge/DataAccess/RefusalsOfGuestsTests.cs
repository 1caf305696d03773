using System.Net;
using System.Text;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.DataAccess;

/// <summary>An Api that lets a person ask little at once.</summary>
public sealed class FewRequestsFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
        [.. base.OwnSettings, new("Edge:Limits:PersonBurst", "2"), new("Edge:Limits:PersonPerSecond", "1")];
}

/// <summary>Who was refused at the embed origin, and was known: one row each, and whose it was.</summary>
public sealed class RefusalsOfGuestsTests(FewRequestsFixture api) : IClassFixture<FewRequestsFixture>
{
    [Fact]
    public async Task AnotherDashboardLeavesARow()
    {
        var person = new TestPerson();
        using var answer = await GetAsync(await api.TokenAsync(person), "/api/v1/dashboard/2/charts");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await AssertRowsAsync(person, "other-dashboard");
    }

    [Fact]
    public async Task DashboardThatIsNotThereIsNotAnothers()
    {
        var person = new TestPerson();
        using var answer = await GetAsync(await api.TokenAsync(person), "/api/v1/dashboard/9999/charts");
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        await AssertRowsAsync(person, "not-found");
    }

    [Theory]
    [InlineData(2, "other-dashboard")]
    [InlineData(1, "forbidden")]
    public async Task ChartOfAnotherDashboardIsRefusedForThatReason(int dashboard, string reason)
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        await Eventually.TrueAsync("the cache knows the catalogue", () => Task.FromResult(api.Service<CacheFactsSource>().Current?.Dashboard(2) is not null));
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewEmbedBrowser();
            using var request = browser.Request("POST", "/api/v1/chart/data");
            request.Headers.Add("X-GuestToken", token);
            request.Content = new StringContent(
                ChartBodies.Recorded.Replace("\"dashboardId\":1", $"\"dashboardId\":{dashboard}", StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var answer = await browser.SendAsync(request);
            await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        finally
        {
            api.Superset.Answer = null;
        }

        await api.Service<DataAccessShipping>().ShipAsync(TestContext.Current.CancellationToken);
        var rows = await api.Database.QueryAsync("select reason from audit.data_access where person = audit.person($1)", person.Subject);
        Assert.Equal([reason], rows.Select(row => row["reason"]));
    }

    [Fact]
    public async Task WhoAsksTooOftenLeavesARow()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        HttpStatusCode status;
        do
        {
            using var answer = await GetAsync(token, "/api/v1/me/roles/");
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        await AssertRowsAsync(person, "too-many-requests");
    }

    [Fact]
    public async Task TokenThatWasRevokedLeavesARow()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        using var administrator = await api.SignInAsync(new TestPerson());
        using var revoked = await administrator.PostAsync(
            "/api/admin/revocations", new { kind = "token", value = ExchangeFixture.Claims(token).GetProperty("jti").GetString() });
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var answer = await GetAsync(token, "/api/v1/me/roles/");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await AssertRowsAsync(person, "no-guest-token");
    }

    // They may have been erased, and a row of theirs would make them known anew.
    [Fact]
    public async Task TokenWhoseSessionHasEndedIsNobodys()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        var session = (Guid)(await api.Database.QueryAsync("select id from api.sessions where subject = $1", person.Subject)).Single()["id"]!;
        await api.Service<RevocationStore>().RevokeSessionAsync(session, CancellationToken.None);
        using var answer = await GetAsync(token, "/api/v1/me/roles/");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await AssertRowsAsync(person);
    }

    // It stands among the reads of rows.
    [Fact]
    public async Task ChartThatSupersetRefusesLeavesNoSecondRow()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        try
        {
            using var answer = await api.ReadAsync(token);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        finally
        {
            api.Superset.Answer = null;
        }

        await AssertRowsAsync(person);
    }

    private async Task<HttpResponseMessage> GetAsync(string token, string path)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", path);
        request.Headers.Add("X-GuestToken", token);
        return await browser.SendAsync(request);
    }

    private async Task AssertRowsAsync(TestPerson person, params string[] reasons)
    {
        var rows = await api.Database.QueryAsync("select kind, reason, tenant from audit.events where outcome = 'refused' and person = audit.person($1)", person.Subject);
        Assert.Equal(reasons, rows.Select(row => row["reason"]));
        Assert.All(rows, row => Assert.Equal(("data_access", "northside"), (row["kind"], row["tenant"])));
    }
}
