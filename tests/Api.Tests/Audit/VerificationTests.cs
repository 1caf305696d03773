using System.Net;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Audit.Verification;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

// The tests take turns: each leaves the audit as it found it.
public sealed class VerificationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    // Other tests of this class move the clock, and may have run before.
    private const int DaysAhead = 10;

    private const string SomeBatch = "(select batch from audit.events group by instance, day, batch having count(*) >= 3 order by batch limit 1)";

    [Theory]
    [InlineData("altered", "update audit.events set tenant = 'harbour' where position = 1 and batch = {0}")]
    [InlineData("altered", "update audit.events set outcome = 'refused', reason = 'x' where position = 0 and batch = {0}")]
    [InlineData("altered", "update audit.events set origin = null where position = 0 and batch = {0}")]
    [InlineData("altered", "update audit.events set person = gen_random_uuid() where position = 0 and batch = {0}")]
    [InlineData("altered", "update audit.events set at = at + interval '1 microsecond' where position = 0 and batch = {0}")]
    [InlineData("altered", "update audit.events set position = -1 where position = 0 and batch = {0}; update audit.events set position = 0 where position = 1 and batch = {0}; update audit.events set position = 1 where position = -1")]
    [InlineData("rows_removed", "delete from audit.events where position = 1 and batch = {0}")]
    [InlineData("rows_removed", "delete from audit.events where position = (select max(position) from audit.events where batch = {0}) and batch = {0}")]
    [InlineData("rows_removed", "delete from audit.events where batch = {0}")]
    [InlineData("rows_inserted", "insert into audit.events (day, instance, batch, position, at, kind, outcome) select day, instance, batch, 9999, at, kind, outcome from audit.events where position = 0 and batch = {0}")]
    [InlineData("rows_inserted", "insert into audit.events (day, instance, batch, position, at, kind, outcome) select day, gen_random_uuid(), 1, 0, at, kind, outcome from audit.events where position = 0 and batch = {0}")]
    [InlineData("rows_inserted", "delete from audit.batches where number = {0}")]
    [InlineData("batch_removed", "delete from audit.events where batch = {0}; delete from audit.batches where number = {0}")]
    [InlineData("altered", "update audit.batches set hash = sha256('') where number = {0}")]
    [InlineData("batch_removed", "update audit.batches set hash = sha256('') where number = {0}")]
    [InlineData("altered", "update audit.batches set previous = sha256('') where number = {0}")]
    public async Task TamperingIsFound(string finding, string sql)
    {
        await WriteAsync();
        await WriteAsync(); // a batch that is gone is missed by the one after it
        Assert.True((await VerifyAsync()).Intact);
        await TamperAsync(sql, async () =>
        {
            var verdict = await VerifyAsync();
            Assert.False(verdict.Intact);
            Assert.Contains(finding, verdict.Findings.Select(found => found.Kind));
        });
        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public async Task EndOfAnInstancesChainCannotBeCutOnceAnotherHasBegun()
    {
        await WriteAsync();
        var other = api.StartInstance();
        await WriteAsync(other);
        await TamperAsync(
            """
            with cut as (delete from audit.batches where (instance, number) = (
                select instance, max(number) from audit.batches where instance = (select instance from audit.batches order by at limit 1) group by instance) returning *)
            delete from audit.events using cut where events.instance = cut.instance and events.batch = cut.number
            """,
            async () => Assert.Contains("batch_removed", (await VerifyAsync()).Findings.Select(found => found.Kind)));
    }

    // What is cut is the very end: no batch comes after it, in neither chain.
    [Theory]
    [InlineData("the one that wrote last", "desc", 1)]
    [InlineData("the one that wrote before", "asc", 1)]
    [InlineData("all that the last has written", "desc", 1000)]
    public async Task EndOfEitherOfTwoInstancesChainsCannotBeCut(string whose, string order, int batches)
    {
        var other = api.StartInstance();
        await WriteAsync(other);
        await WriteAsync();
        await WriteAsync(other);
        Assert.True((await VerifyAsync()).Intact);
        await TamperAsync(
            $$"""
            with cut as (delete from audit.batches where (instance, day, number) in (
                select instance, day, number from audit.batches
                where instance = (select instance from audit.batches where instance in (
                    select instance from audit.batches group by instance order by max(at) desc limit 2)
                    group by instance order by max(at) {{order}} limit 1)
                order by day desc, number desc limit {{batches}}) returning *)
            delete from audit.events using cut
            where events.instance = cut.instance and events.day = cut.day and events.batch = cut.number
            """,
            async () => Assert.True((await VerifyAsync()).Findings.Any(found => found.Kind == "batch_removed"), $"{whose} was cut unseen"));
    }

    [Fact]
    public async Task HeadThatWasCutWithItsBatchIsFound()
    {
        await WriteAsync();
        await WriteAsync();
        await TamperAsync(
            """
            with cut as (delete from audit.batches where (instance, day, number) = (
                select instance, day, number from audit.batches order by at desc limit 1) returning *),
            head as (delete from audit.heads using cut where heads.instance = cut.instance)
            delete from audit.events using cut
            where events.instance = cut.instance and events.day = cut.day and events.batch = cut.number
            """,
            async () => Assert.Contains("head_altered", (await VerifyAsync()).Findings.Select(found => found.Kind)));
        Assert.True((await VerifyAsync()).Intact);
    }

    [Fact]
    public async Task WholeDaysThatAreGoneAreMissed()
    {
        await WriteAsync();
        api.Clock.Advance(TimeSpan.FromDays(1));
        var between = api.Clock.GetUtcNow();
        await WriteAsync();
        api.Clock.Advance(TimeSpan.FromDays(1));
        await WriteAsync();
        Assert.True((await VerifyAsync()).Intact);
        await TamperAsync(
            $"delete from audit.events where day = '{between:yyyy-MM-dd}'; delete from audit.batches where day = '{between:yyyy-MM-dd}'",
            async () => Assert.Contains("batch_removed", (await VerifyAsync()).Findings.Select(found => found.Kind)));
    }

    [Fact]
    public async Task LeadershipReadsTheVerdictAndErasesAPersonAndTheChainHolds()
    {
        var person = new TestPerson();
        using (var browser = await api.SignInAsync(person))
        {
            using var mint = await browser.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
        }

        var pseudonym = (Guid)(await api.Database.QueryAsync("select audit.person($1) as id", person.Subject))[0]["id"]!;
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        var before = await leader.GetJsonAsync($"/api/audit?person={pseudonym}");
        Assert.All(before.GetProperty("events").EnumerateArray(), row => Assert.Equal("127.0.0.1", row.GetProperty("address").GetString()));

        using var erase = new HttpRequestMessage(HttpMethod.Delete, $"/api/audit/persons/{person.Subject}") { Headers = { { "X-CSRF", "1" } } };
        using var erased = await leader.SendAsync(erase);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        var after = await leader.GetJsonAsync($"/api/audit?person={pseudonym}");
        Assert.Equal(before.GetProperty("events").GetArrayLength(), after.GetProperty("events").GetArrayLength());
        Assert.All(after.GetProperty("events").EnumerateArray(), row => Assert.Equal(System.Text.Json.JsonValueKind.Null, row.GetProperty("address").ValueKind));
        Assert.Empty((await leader.GetJsonAsync($"/api/audit?person={person.Subject}")).GetProperty("events").EnumerateArray());
        var verdict = await leader.GetJsonAsync("/api/audit/verification");
        Assert.True(verdict.GetProperty("intact").GetBoolean(), verdict.ToString());
        Assert.All(verdict.GetProperty("heads").EnumerateArray(), head => Assert.Equal(64, head.GetProperty("hash").GetString()!.Length));
        Assert.NotEmpty(verdict.GetProperty("heads").EnumerateArray());

        using var again = await api.SignInAsync(person);
        Assert.NotEqual(pseudonym, (await api.Database.QueryAsync("select audit.person($1) as id", person.Subject))[0]["id"]);
    }

    [Theory]
    [InlineData("GET", "/api/audit/verification")]
    [InlineData("DELETE", "/api/audit/persons/x")]
    public async Task AdministratorsFindNeither(string method, string path)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "X-CSRF", "1" } } };
        using var answer = await browser.SendAsync(request);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    // While the first is being committed the others gather: they share the next batch.
    private Task WriteAsync(ApiInstance? instance = null)
    {
        var log = (AuditLog)(instance ?? api.Api).Services.GetService(typeof(AuditLog))!;
        return Task.WhenAll(Enumerable.Range(0, 20).Select(i => log.WriteAsync(
            new AuditEvent(AuditKind.Mint, true) { Subject = $"person-{i}", Tenant = "northside", Dashboards = ["clinic"], CorrelationId = $"{i}" },
            TestContext.Current.CancellationToken)));
    }

    private Task<AuditVerdict> VerifyAsync()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return api.Service<AuditVerifier>().VerifyAsync(today.AddDays(-1), today.AddDays(DaysAhead), TestContext.Current.CancellationToken);
    }

    private async Task TamperAsync(string sql, Func<Task> check)
    {
        await api.Database.ExecuteAsync("create table public.events as select * from audit.events; create table public.batches as select * from audit.batches");
        try
        {
            var batch = (await api.Database.QueryAsync($"select {SomeBatch} as batch"))[0]["batch"];
            await api.Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, batch));
            await check();
        }
        finally
        {
            await api.Database.ExecuteAsync(
                """
                delete from audit.events; delete from audit.batches;
                insert into audit.events select * from public.events; insert into audit.batches select * from public.batches;
                drop table public.events; drop table public.batches
                """);
        }
    }
}
