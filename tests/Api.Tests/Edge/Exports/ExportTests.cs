using System.IO.Compression;
using System.Net;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Edge.Wire;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Exports;

/// <summary>An Api that lets little go into files.</summary>
public sealed class ExportFixture(TestDatabases postgres) : ExchangeFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
    [
        .. base.OwnSettings, new("Edge:Exports:Rows", "3"), new("Edge:Exports:Megabytes", "16"), new("Edge:Exports:Burst", "4"), new("Edge:Exports:AtOnce", "2"),
    ];
}

/// <summary>Files with a chart's rows: so many, so large, so often, and counted.</summary>
public sealed class ExportTests(ExportFixture api) : IClassFixture<ExportFixture>, IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => api.Superset.Answer = null;

    [Fact]
    public async Task FileComesAsSupersetMadeItAndItsRowsStandInTheAudit()
    {
        var person = new TestPerson();
        api.Superset.Answer = context =>
        {
            context.Response.ContentType = "text/csv; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=20260304.csv";
            context.Response.Headers.SetCookie = "session=x";
            return context.Response.WriteAsync("a,b\n1,2\n3,4\n");
        };
        using var answer = await ExportAsync(await api.TokenAsync(person));
        Assert.Equal("a,b\n1,2\n3,4\n", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(("text/csv", "attachment; filename=20260304.csv", 12L), (
            answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentDisposition!.ToString(), answer.Content.Headers.ContentLength));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("Accept-Encoding", api.Superset.LastSeen!.Headers.Keys);
        await AssertWrittenAsync(person, "allowed 2 ");
    }

    [Theory]
    [InlineData("a\n1\n2\n3\n4\n", 1)]
    [InlineData("x", 17_000_000)]
    public async Task FileBeyondItsLimitsIsRefusedBeforeAnyOfIt(string text, int times)
    {
        var person = new TestPerson();
        api.Superset.Answer = context => context.Response.WriteAsync(string.Concat(Enumerable.Repeat(text, times)));
        using var answer = await ExportAsync(await api.TokenAsync(person));
        await answer.AssertProblemAsync(HttpStatusCode.UnprocessableEntity, "export-too-large");
        await AssertWrittenAsync(person, "refused  export-too-large");
    }

    [Fact]
    public async Task FileThatSupersetBreaksOffIsNone()
    {
        var person = new TestPerson();
        api.Superset.Answer = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("a\n1\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        using var answer = await ExportAsync(await api.TokenAsync(person));
        await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        await AssertWrittenAsync(person, "refused  superset-unavailable");
        Assert.Equal(0, api.Service<SupersetQueue>().Working);
    }

    [Fact]
    public async Task WhoAsksForManyIsToldToWaitAndColleaguesAreNot()
    {
        api.Superset.Answer = context => context.Response.WriteAsync("a\n1\n");
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        for (var times = 0; times < 4; times++)
        {
            using var answer = await ExportAsync(token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var refused = await ExportAsync(token);
        await refused.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 3);
        using var colleague = await ExportAsync(await api.TokenAsync(new TestPerson()));
        Assert.Equal(HttpStatusCode.OK, colleague.StatusCode);
        await AssertWrittenAsync(person, "allowed 1 ", "allowed 1 ", "allowed 1 ", "allowed 1 ", "refused  too-many-requests");
    }

    [Fact]
    public async Task WhoFetchesSlowlyHoldsNothingOfSupersetAndFewFiles()
    {
        api.Superset.Answer = context => context.Response.WriteAsync($"a\n{new string('x', 15_000_000)}\n");
        var token = await api.TokenAsync(new TestPerson());
        var body = $"form_data={Uri.EscapeDataString(Question)}";
        var head = $"POST /api/v1/chart/data HTTP/1.1\r\nHost: 127.0.0.1:5181\r\nX-GuestToken: {token}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n";
        await using var one = await RawConnection.OpenAsync(api.Api.EmbedPort);
        await using var other = await RawConnection.OpenAsync(api.Api.EmbedPort);
        var before = api.Superset.Seen;
        await one.SendAsync(head + body);
        await other.SendAsync(head + body);
        await Eventually.TrueAsync("Superset has made both and is free", () => Task.FromResult(api.Superset.Seen == before + 2 && api.Service<SupersetQueue>().Working == 0));

        using var third = await ExportAsync(token);
        await third.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "embedstack-export-*"));
        one.Reset();
        other.Reset();
        await Eventually.TrueAsync("both places are free again", async () =>
        {
            using var answer = await ExportAsync(token);
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task SupersetIsFreeWhileRowsAreCounted()
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var part = archive.CreateEntry("query_1.csv", CompressionLevel.Fastest).Open();
            for (var megabytes = 0; megabytes < 400; megabytes++)
            {
                part.Write(new byte[1024 * 1024]); // one endless line takes long to read, and is no row
            }
        }

        api.Superset.Answer = context => context.Response.Body.WriteAsync(packed.ToArray()).AsTask();
        var token = await api.TokenAsync(new TestPerson());
        var before = api.Superset.Seen;
        var export = ExportAsync(token);
        var looks = 0;
        while (!export.IsCompleted)
        {
            looks += api.Superset.Seen > before && api.Service<SupersetQueue>().Working == 0 ? 1 : 0;
            await Task.Delay(10, Cancellation);
        }

        using var answer = await export;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(looks > 15, $"Superset was seen free {looks} times");
    }

    private static string Question => ChartBodies.Recorded.Replace("\"result_format\":\"json\"", "\"result_format\":\"csv\"", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> ExportAsync(string token)
    {
        using var browser = api.NewEmbedBrowser();
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form_data"] = Question, ["guest_token"] = token }),
            Headers = { { "Accept-Encoding", "gzip" } },
        });
    }

    private async Task AssertWrittenAsync(TestPerson person, params string[] expected)
    {
        await api.Service<DataAccessShipping>().ShipAsync(Cancellation);
        var rows = await api.Database.QueryAsync("select way, outcome, rows, reason from audit.data_access where person = audit.person($1) order by at", person.Subject);
        Assert.Equal(expected, rows.Select(row => $"{row["outcome"]} {row["rows"]} {row["reason"]}"));
        Assert.All(rows, row => Assert.Equal("export", row["way"]));
    }
}
