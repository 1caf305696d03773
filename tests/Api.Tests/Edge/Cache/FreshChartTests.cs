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
