using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>Charts through the whole edge: what is asked for anew, and when.</summary>
[Collection<ChartsThroughTheEdge>]
public sealed class FreshChartTests(ExchangeFixture api) : ChartTests(api)
{
    [Fact]
    public async Task ReseedShowsNewRows()
    {
        var before = Row(await AskAsync(new TestPerson()));
        var version = Api.Service<CacheFactsSource>().Current!.DataVersion;
        await Api.Database.ExecuteAsync(
            "insert into shared.data_version (name) values ('clinic') on conflict (name) do update set version = data_version.version + 1, changed_at = now()");
        await Eventually.TrueAsync("the new version is seen", () => Task.FromResult(Api.Service<CacheFactsSource>().Current!.DataVersion != version));
        Assert.NotEqual(before, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task ForceAsksAnewAndSaysSo()
    {
        await AskAsync(new TestPerson());
        var forced = await AskAsync(new TestPerson(), ChartBodies.Recorded.Replace("\"force\":false,\"queries\"", "\"force\":true,\"queries\"", StringComparison.Ordinal));
        Assert.Equal((2, false), (Row(forced), IsCached(forced)));
        Assert.True(JsonNode.Parse(Api.Superset.LastSeen!.Body)!["force"]!.GetValue<bool>());
        Assert.Equal(2, Row(await AskAsync(new TestPerson())));
    }

    [Fact]
    public async Task DropOnDemandIsAudited()
    {
        var leadership = new TestPerson { Organizations = ["lakeland"], Roles = ["network"] };
        using var leader = await Api.SignInAsync(leadership);
        using var dropped = await leader.PostAsync("/api/admin/embed-cache/drops", new { kind = "dataset", value = "appointments" });
        Assert.Equal(HttpStatusCode.NoContent, dropped.StatusCode);
        Assert.Single(await Api.Database.QueryAsync(
            "select 1 from audit.events where reason = 'dropped dataset appointments' and outcome = 'allowed' and person = audit.person($1)", leadership.Subject));
    }

    [Fact]
    public async Task WhoForcesWithoutEndGetsWhatEverybodyGets()
    {
        var token = await Api.TokenAsync(new TestPerson { Organizations = ["hurstville"] }); // whose rate no other test uses up
        var (forced, started) = (ChartBodies.Recorded.Replace("\"force\":false,\"queries\"", "\"force\":true,\"queries\"", StringComparison.Ordinal), Stopwatch.GetTimestamp());
        await AskAsync(token);
        var before = Asked;
        for (var times = 0; times < 90; times++)
        {
            await AskAsync(token, forced);
        }

        // Sixty, and one more with each second that has passed.
        Assert.InRange(Asked - before, 60, 61 + (int)Stopwatch.GetElapsedTime(started).TotalSeconds);
        Assert.Equal(Asked, Row(await AskAsync(token)));
    }

    [Fact]
    public async Task DropReachesWhatSupersetKeepsItself()
    {
        var row = 1;
        Api.Superset.Answer = context =>
        {
            // As Superset's data cache: it answers what it has, unless it is asked past it.
            var isForced = JsonNode.Parse(Api.Superset.LastSeen!.Body)!["force"] is not null;
            return AnswerAsync(context, isForced ? ++row : row, isForced ? null : DateTimeOffset.UtcNow.AddMinutes(-5));
        };
        var token = await Api.TokenAsync(new TestPerson());
        await AskAsync(token, ChartBodies.Recorded.Replace("10000", "77", StringComparison.Ordinal));
        await Api.Service<CacheFactsSource>().DropAsync(DropKind.Dataset, "appointments", Cancellation);
        var after = await AskAsync(token, ChartBodies.Recorded.Replace("10000", "77", StringComparison.Ordinal));
        Assert.Equal(row, Row(after));
        Assert.True(row > 1, "Superset's own cache answered after the drop");
    }

    [Fact]
    public async Task WhatSupersetStillAnswersFromBeforeADropIsAskedAgainSoon()
    {
        Api.Superset.Answer = context => AnswerAsync(context, Ask(), DateTimeOffset.UtcNow.AddMinutes(-5));
        await Api.Service<CacheFactsSource>().DropAsync(DropKind.Tenant, "northside", Cancellation);
        Api.Clock.Elapse(TimeSpan.FromSeconds(4)); // past the doubt after other tests' new rows
        var token = await Api.TokenAsync(new TestPerson());
        await AskAsync(token);
        var before = Asked;
        await AskAsync(token);
        Assert.Equal(before, Asked);
        Api.Clock.Advance(TimeSpan.FromSeconds(6));
        await AskAsync(token);
        Assert.True(Asked > before, "an answer from before the drop was kept");
    }
}
