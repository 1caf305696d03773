using System.Net;
using System.Text;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Charts through the whole edge: what is written down about each access.</summary>
[Collection<ChartsThroughTheEdge>]
public sealed class ChartAccessTests(ExchangeFixture api) : ChartTests(api)
{
    [Fact]
    public async Task AccessOfWhoeverGivesUpStandsInTheAuditAsRefused()
    {
        var person = new TestPerson();
        var token = await Api.TokenAsync(person);
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        Api.Superset.Answer = async context =>
        {
            arrived.TrySetResult();
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await AnswerAsync(context);
        };
        using var impatient = new CancellationTokenSource();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{Api.Api.EmbedPort}/api/v1/chart/data")
        {
            Content = new StringContent(ChartBodies.Recorded.Replace("10000", "78", StringComparison.Ordinal), Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
        request.Headers.Add("X-GuestToken", token);
        var asked = client.SendAsync(request, impatient.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        try
        {
            await Eventually.TrueAsync("the refusal is written down", async () =>
            {
                await Api.Service<DataAccessShipping>().ShipAsync(Cancellation);
                return (await Api.Database.QueryAsync("select outcome, reason from audit.data_access where person = audit.person($1)", person.Subject))
                    is [{ } row] && ((string?)row["outcome"], (string?)row["reason"]) == ("refused", "caller-gone");
            });
        }
        finally
        {
            ended.SetResult();
        }
    }

    [Fact]
    public async Task EachAccessAndRefusalStandsInTheAudit()
    {
        var person = new TestPerson();
        var token = await Api.TokenAsync(person);
        await AskAsync(token);
        await AskAsync(token);
        Api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        using var refused = await SendAsync(token, ChartBodies.Recorded.Replace("10000", "10", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Api.Superset.Answer = context => context.Response.WriteAsync("Clinic,Note\nNorthside,\"two\nlines\"\nNorthside,one\n");
        using var export = await ExportAsync(token);
        await Api.Service<DataAccessShipping>().ShipAsync(Cancellation);
        var rows = await Api.Database.QueryAsync(
            "select way, dashboard, dataset, chart, rows, source, outcome, reason, tenant, role from audit.data_access where person = audit.person($1) order by at", person.Subject);
        Assert.Equal(
            ["chart superset allowed 3", "chart memory allowed 3", "chart  refused ", "export superset allowed 2"],
            rows.Select(row => $"{row["way"]} {row["source"]} {row["outcome"]} {row["rows"]}"));
        Assert.All(rows, row => Assert.Equal(("clinic", "appointments", "northside", "admin"), (row["dashboard"], row["dataset"], row["tenant"], row["role"])));
        Assert.Equal("forbidden", rows[2]["reason"]);
    }

    [Fact]
    public async Task SingleRowsThatChartsAreAskedForStandThereAsRows()
    {
        var person = new TestPerson();
        using var drilled = await SendAsync(await Api.TokenAsync(person), ChartBodies.Recorded.Replace("\"full\"", "\"drill_detail\"", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, drilled.StatusCode);
        Assert.Equal("rows", (await RowAsync(person))["way"]);
    }

    [Fact]
    public async Task WhatARefusedGuestNamesIsWrittenDownOfItsOwnDashboardsAlone()
    {
        var person = new TestPerson();
        Api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        };
        using var refused = await SendAsync(await Api.TokenAsync(person, "appointments"), ChartBodies.Recorded);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var row = await RowAsync(person);
        Assert.Equal(("refused", null, null), (row["outcome"], row["dashboard"], row["chart"]));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"queries":[],"queries":[]}""")]
    public async Task WhatIsNoQuestionStandsThereAsRefused(string body)
    {
        var person = new TestPerson();
        using var refused = await SendAsync(await Api.TokenAsync(person), body);
        await refused.AssertProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        Assert.Equal("malformed-request", (await RowAsync(person))["reason"]);
    }

    [Fact]
    public async Task WhoMayNotExportIsRefusedHereAndWrittenDown()
    {
        var person = new TestPerson { Roles = ["clinician"], StaffId = "northside-001" };
        using var export = await ExportAsync(await Api.TokenAsync(person));
        await export.AssertProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        var row = await RowAsync(person);
        Assert.Equal(("export", "refused"), (row["way"], row["outcome"]));
    }

    private async Task<Dictionary<string, object?>> RowAsync(TestPerson person)
    {
        await Api.Service<DataAccessShipping>().ShipAsync(Cancellation);
        return Assert.Single(await Api.Database.QueryAsync("select * from audit.data_access where person = audit.person($1)", person.Subject));
    }
}
