using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

/// <summary>However long the database takes over the audit, those who read it keep nobody else waiting.</summary>
public sealed class SlowReadersTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Readers = 8;
    private const int Requests = 5;

    [Fact]
    public async Task ExportThatTakesTooLongGivesItsTurnBack()
    {
        using var admin = await api.SignInAsync(new TestPerson());
        await using (await LockAsync("events"))
        {
            var export = admin.GetAsync("/api/audit.csv");
            await ReadWaitsAsync("the export has begun");

            api.Clock.Hurry(TimeSpan.FromMinutes(10));

            // Sooner than the database would give the statement up.
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => export.WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken));
        }

        using var again = await admin.GetAsync("/api/audit");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("/api/audit?kind=erasure&from=2000-01-01", "northside", "admin", "events")]
    [InlineData("/api/audit?kind=data_access&from=2000-01-01", "northside", "admin", "data_access")]
    [InlineData("/api/audit.csv", "northside", "admin", "events")]
    [InlineData("/api/audit/verification", "lakeland", "network", "events")]
    [InlineData("/api/admin/entitlements/history", "lakeland", "network", "events")]
    [InlineData("/api/admin/dashboards/history", "lakeland", "network", "events")]
    public async Task CrowdThatReadsTheAuditKeepsNobodyFromMinting(string path, string tenant, string role, string table)
    {
        using var person = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => api.SignInAsync(new TestPerson { Organizations = [tenant], Roles = [role] })));
        Task<HttpResponseMessage>[] reads; // the database may give some of them up: what they answer is nobody's matter
        await using (await LockAsync(table))
        {
            reads = [.. readers.SelectMany(reader => Enumerable.Range(0, Requests).Select(_ => reader.GetAsync(path)))];
            await Eventually.TrueAsync("those beyond the few who wait are refused", () => Task.FromResult(
                reads.Count(read => read.IsCompletedSuccessfully && read.Result.StatusCode == HttpStatusCode.TooManyRequests) >= Readers * (Requests - 3)));

            using var mint = await person.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
            using var health = await person.GetAsync("/health");
            Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        }

        await Task.WhenAll(reads.Select(read => ((Task)read).ContinueWith(_ => { }, TaskScheduler.Default)));
        await Eventually.TrueAsync("turns were given back", async () =>
        {
            using var again = await readers[0].GetAsync(path);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task HealthThatIsBeingCountedKeepsNobodyFromMintingOrReading()
    {
        using var admin = await api.SignInAsync(new TestPerson());
        var leaders = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] })));
        Task<HttpResponseMessage>[] looks;
        await using (await LockAsync("data_access"))
        {
            looks = [.. leaders.SelectMany(leader => Enumerable.Range(0, Requests).Select(_ => leader.GetAsync("/api/admin/health")))];
            await ReadWaitsAsync("the hour is being counted");

            using var mint = await admin.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
            using var read = await admin.GetAsync("/api/audit?kind=mint");
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        await Task.WhenAll(looks.Select(look => ((Task)look).ContinueWith(_ => { }, TaskScheduler.Default)));
        using var again = await leaders[0].GetAsync("/api/admin/health");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private Task ReadWaitsAsync(string what) => Eventually.TrueAsync(what, async () => (await api.Database.QueryAsync(
        "select 1 from pg_stat_activity where datname = current_database() and application_name = 'embedstack-api-readers' and wait_event_type = 'Lock'")).Count > 0);

    // Every read without an end looks into this partition; what is written goes into another.
    private Task<IAsyncDisposable> LockAsync(string table) => api.Database.LockAsync($"audit.{table}_default");
}
