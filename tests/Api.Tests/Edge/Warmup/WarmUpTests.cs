using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Edge.Warmup;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Edge.Warmup;

/// <summary>What one viewer asks is asked ahead for the other clinics.</summary>
public sealed class WarmUpTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>, IAsyncLifetime
{
    private const string Operators = "/api/operator/warm-up";
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private int _asked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api.Superset.Answer = context => context.Response.WriteAsJsonAsync(new
        {
            result = new[]
            {
                new
                {
                    is_cached = false, queried_dttm = api.Clock.GetUtcNow().ToString("O"), cache_timeout = 600, status = "success", rowcount = 1,
                    data = new[] { Interlocked.Increment(ref _asked) },
                },
            },
        }, (JsonSerializerOptions?)null, context.RequestAborted);
        await Eventually.TrueAsync("the cache knows the catalogue", () => Task.FromResult(api.Service<CacheFactsSource>().Current?.Dashboard(1) == "clinic"));
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        await api.Database.ExecuteAsync("truncate api.warm_questions");
    }

    public ValueTask DisposeAsync()
    {
        api.Superset.Answer = null;
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task OneViewersPageIsWarmForAllClinics()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);

        var progress = await api.Service<WarmUp>().RunAsync(Cancellation);
        Assert.Equal((progress.Total, 0, false), (progress.Done, progress.Failed, progress.IsRunning));
        Assert.True(progress.Total >= 4, $"{progress.Total} questions for four clinics");

        var before = _asked;
        await AskAsync(new TestPerson { Organizations = ["harbour"] }, Plain);
        await AskAsync(new TestPerson { Organizations = ["hurstville"] }, Plain);
        Assert.Equal(before, _asked);
    }

    [Fact]
    public async Task WhatSomebodyChoseIsNotLearnt()
    {
        await AskAsync(new TestPerson(), ChartBodies.Recorded);
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        var row = Assert.Single(await api.Database.QueryAsync("select dashboard, body from api.warm_questions"));
        Assert.Equal(("clinic", ChartBodies.Canonical(Plain)), (row["dashboard"], Encoding.UTF8.GetString((byte[])row["body"]!)));
    }

    [Fact]
    public async Task SupersetThatIsAwayFailsQuestionsAndNothingElse()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        api.Superset.Away = true;
        try
        {
            var progress = await RunAsync();
            Assert.Equal((progress.Total, progress.Total, false), (progress.Done, progress.Failed, progress.IsRunning));
        }
        finally
        {
            api.Superset.Away = false;
            api.Clock.Advance(TimeSpan.FromSeconds(2)); // until when its failure is remembered
        }
    }

    [Fact]
    public async Task WhatFailedIsAskedOnceMore()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        var answer = api.Superset.Answer!;
        var asked = 0;
        api.Superset.Answer = context =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                return answer(context);
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };

        var progress = await RunAsync();

        Assert.Equal((progress.Total, 0, false), (progress.Done, progress.Failed, progress.IsRunning));
        Assert.Equal(progress.Total + 1, asked);
    }

    [Fact]
    public async Task WhatSupersetRefusesIsNotAskedAgain()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        var asked = 0;
        api.Superset.Answer = context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };

        var progress = await api.Service<WarmUp>().RunAsync(Cancellation);

        Assert.Equal((progress.Total, progress.Total, false, progress.Total), (progress.Done, progress.Failed, progress.IsRunning, asked));
    }

    [Fact]
    public async Task VariantsOfOneClinicsOwnLeaveTheOthersTheirPlaces()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        var token = await api.TokenAsync(new TestPerson { Organizations = ["hurstville"] });
        for (var variant = 1; variant <= 70; variant++)
        {
            api.Clock.Advance(TimeSpan.FromSeconds(1));
            await AskAsync(token, Variant(variant));
        }

        await AskAsync(new TestPerson { Organizations = ["harbour"] }, Variant(100));
        await LearntAsync(32); // this one, the first one, and thirty
        Assert.Equal(1, await CountAsync("body = $1", Encoding.UTF8.GetBytes(ChartBodies.Canonical(Plain))));
    }

    [Fact]
    public async Task TheStacksCommandsBeginOneAndHearWhenAllIsAsked()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        using var command = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.Port}") };
        command.DefaultRequestHeaders.Add("X-EmbedStack-Operator", ApiFixture.OperatorKey);
        command.DefaultRequestHeaders.Host = OperatorRoutes.Host;

        using var begun = await command.PostAsync(Operators, content: null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.True((await ReadAsync()) is { IsWanted: true } or { IsRunning: true });
        await Eventually.TrueAsync("everything is asked", async () => await ReadAsync() is { IsWanted: false, IsRunning: false });
        Assert.True(await ReadAsync() is { Total: >= 4, Failed: 0, IsStopped: false } and var through && through.Done == through.Total);

        async Task<WarmUpProgress> ReadAsync() => (await command.GetFromJsonAsync<WarmUpProgress>(Operators, SnakeCase, Cancellation))!;
    }

    [Fact]
    public async Task WhatIsToldToAndFailsIsAskedAgainAfterAMinute()
    {
        await FailAsync();
        await HurriedAsync("it is asked again by itself", progress => !progress.IsRunning, () => IsThrough(api.Service<WarmUp>().Progress));
    }

    [Fact]
    public async Task WhoeverTellsItDoesNotWaitForThatMinute()
    {
        await FailAsync();
        api.Service<WarmUp>().Ask();
        await Eventually.TrueAsync("it is asked again at once", () => Task.FromResult(IsThrough(api.Service<WarmUp>().Progress)));
    }

    [Fact]
    public async Task PostgresMayEndTheTurnOfOneThatAsksEverything()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        var (answer, ended) = (api.Superset.Answer!, 0);
        api.Superset.Answer = async context =>
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                Assert.Single(await api.Database.QueryAsync("""
                    select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = (hashtext('edge.warm_up')::bigint & 4294967295)::oid
                        and database = (select oid from pg_database where datname = current_database())
                    """));
            }

            await answer(context);
        };

        api.Service<WarmUp>().Ask();
        await Eventually.TrueAsync("it has ended", () => Task.FromResult(api.Service<WarmUp>().Progress is { IsWanted: false, IsRunning: false }));
        Assert.Equal((1, true, false), (ended, IsThrough(api.Service<WarmUp>().Progress), api.Service<WarmUp>().Progress.IsStopped));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("operator-key-of-the-tests-012345678")]
    public async Task ToWhoeverLacksTheirKeyThereIsNothing(string? key)
    {
        using var other = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.Port}") };
        other.DefaultRequestHeaders.TryAddWithoutValidation("X-EmbedStack-Operator", key);
        other.DefaultRequestHeaders.Host = OperatorRoutes.Host;
        using var begun = await other.PostAsync(Operators, content: null, Cancellation);
        await begun.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        using var read = await other.GetAsync(Operators, Cancellation);
        await read.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static bool IsThrough(WarmUpProgress progress) => progress is { IsWanted: false, IsRunning: false, Failed: 0, Total: >= 4 } && progress.Done == progress.Total;

    // Superset is back when this returns.
    private async Task FailAsync()
    {
        await AskAsync(new TestPerson(), Plain);
        await LearntAsync(1);
        await api.Service<CacheFactsSource>().DropAsync(DropKind.Everything, DropKind.All, Cancellation);
        api.Superset.Away = true;
        try
        {
            api.Service<WarmUp>().Ask();
            await HurriedAsync("it has failed", IsPausing, () => api.Service<WarmUp>().Progress is { IsWanted: false, IsRunning: false, Failed: > 0 });
        }
        finally
        {
            api.Superset.Away = false;
            api.Clock.Advance(TimeSpan.FromSeconds(2)); // until when its failure is remembered
        }
    }

    // Everything has been asked once: what failed is asked again after a while.
    private static bool IsPausing(WarmUpProgress progress) => progress is { IsRunning: true, Total: > 0 } && progress.Done == progress.Total;

    // What is being asked keeps its time.
    private Task HurriedAsync(string what, Func<WarmUpProgress, bool> when, Func<bool> condition) => Eventually.TrueAsync(what, () =>
    {
        if (when(api.Service<WarmUp>().Progress))
        {
            api.Clock.Hurry(TimeSpan.FromSeconds(10));
        }

        return Task.FromResult(condition());
    });

    private static string Variant(int number) => Plain.Replace("\"row_limit\":", $"\"row_offset\":{number},\"row_limit\":", StringComparison.Ordinal);

    private static string Plain => ChartBodies.Recorded.Replace("""{"time_range":"Last year"}""", "{}", StringComparison.Ordinal);

    private Task LearntAsync(int count) => Eventually.TrueAsync("the question is learnt", async () =>
        (await api.Database.QueryAsync("select 1 from api.warm_questions")).Count == count);

    private async Task<int> CountAsync(string which, params object[] values) => (await api.Database.QueryAsync($"select 1 from api.warm_questions where {which}", values)).Count;

    private async Task<WarmUpProgress> RunAsync()
    {
        var run = api.Service<WarmUp>().RunAsync(Cancellation);
        await HurriedAsync("it is through", IsPausing, () => run.IsCompleted);
        return await run;
    }

    private async Task AskAsync(TestPerson person, string body) => await AskAsync(await api.TokenAsync(person), body);

    private async Task AskAsync(string token, string body)
    {
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("POST", "/api/v1/chart/data");
        request.Headers.Add("X-GuestToken", token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
