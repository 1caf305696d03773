using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>What is kept of Superset's answers, and for how long.</summary>
public sealed class ChartAnswerTests
{
    private static readonly EdgeCacheSettings Settings = new(1 << 20, 1 << 20, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 60, TimeZoneInfo.Utc);
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void AgeCountsFromWhenTheDatabaseWasAsked()
    {
        var kept = Fill(Result(cachedAt: Noon.AddMinutes(-20), timeout: 1800)).Kept!;
        Assert.Equal((Noon.AddMinutes(-20), Noon.AddMinutes(10), Noon.AddMinutes(15)), (kept.FilledAt, kept.FreshUntil, kept.UsableUntil));
    }

    [Fact]
    public void OldestAndShortestOfSeveralQueriesDecide()
    {
        var filled = Fill(Result(cachedAt: Noon.AddMinutes(-20), timeout: 3600), Result(timeout: 600));
        Assert.Equal((Noon.AddMinutes(-20), Noon.AddMinutes(10)), (filled.Kept!.FilledAt, filled.Kept.FreshUntil));
        Assert.Equal(6, filled.Rows);
    }

    [Fact]
    public void WhatHoldsForEverEndsWithTheLongestAge() => Assert.Equal(Noon.AddHours(1), Fill(Result(timeout: 0)).Kept!.FreshUntil);

    [Fact]
    public void MidnightEndsEverything()
    {
        var late = Noon.Date.AddHours(23.9);
        var kept = Fill(late, Result(askedAt: late, timeout: 3600)).Kept!;
        Assert.Equal((Noon.Date.AddDays(1), Noon.Date.AddDays(1)), (kept.FreshUntil, kept.UsableUntil));
    }

    [Fact]
    public void DayAndMidnightAreThoseOfTheConfiguredZone()
    {
        var sydney = Settings with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney") };
        var evening = new DateTimeOffset(2026, 3, 4, 12, 59, 0, TimeSpan.Zero); // 23:59 there
        Assert.Equal((new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 5)), (sydney.Day(evening), sydney.Day(evening.AddMinutes(1))));
        Assert.Equal(evening.AddMinutes(1), sydney.Ends(evening, DateTimeOffset.MaxValue, evening).Usable);
    }

    [Fact]
    public void WhatIsKeptSaysThatItIsAndSince()
    {
        var answer = Result(timeout: 600);
        var again = Unpack(Fill(answer).Kept!)["result"]![0]!.AsObject();
        Assert.True(again["is_cached"]!.GetValue<bool>());
        Assert.Equal("2026-03-04T12:00:00+00:00", again["cached_dttm"]!.GetValue<string>());
        again["is_cached"] = false;
        again["cached_dttm"] = null;
        Assert.Equal(answer.ToJsonString(), again.ToJsonString());
    }

    [Theory]
    [InlineData("""{"a":12345678901234567890.10}""")]
    [InlineData("""{"a":9007199254740993}""")]
    [InlineData("""{"a":"é \u2028 \"<"}""")]
    public void RowsStayByteForByte(string row)
    {
        var text = $$"""{"result":[{"is_cached":false,"cached_dttm":null,"queried_dttm":"2026-03-04T12:00:00+00:00","cache_timeout":600,"rowcount":1,"data":[{{row}}]}]}""";
        var kept = Fill(Noon, Encoding.UTF8.GetBytes(text)).Kept!;
        Assert.Contains(row, Encoding.UTF8.GetString(Unpacked.Of(kept)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "\"boom\"")]
    [InlineData("stacktrace", "\"Traceback\"")]
    [InlineData("status", "\"failed\"")]
    [InlineData("status", "7")]
    [InlineData("cache_timeout", "-1")]
    [InlineData("cache_timeout", "null")]
    [InlineData("cache_timeout", "\"600\"")]
    [InlineData("queried_dttm", "null")]
    [InlineData("queried_dttm", "\"yesterday\"")]
    public void ErrorsAndWhatHasNoTimesAreNotKept(string member, string value)
    {
        var broken = Result(timeout: 600);
        broken[member] = JsonNode.Parse(value);
        Assert.Null(Fill(broken).Kept);
        Assert.Null(Fill(Result(timeout: 600), broken).Kept);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"result":[]}""")]
    [InlineData("""{"result":[7]}""")]
    [InlineData("""{"errors":[{"message":"x"}]}""")]
    public void WhatIsNoAnswerIsNotKeptAndPasses(string text)
    {
        var filled = Fill(Noon, Encoding.UTF8.GetBytes(text));
        Assert.Null(filled.Kept);
        Assert.Equal(text, Encoding.UTF8.GetString(filled.Original.Span));
    }

    [Fact]
    public void WhatIsOverAlreadyIsNotKept() => Assert.Null(Fill(Result(cachedAt: Noon.AddHours(-2), timeout: 3600)).Kept);

    [Fact]
    public void SupersetsOwnCacheIsNotBelievedJustAfterTheRowsChanged()
    {
        Assert.Null(Fill(Noon, justChanged: true, Answer(Result(cachedAt: Noon.AddMinutes(-1), timeout: 3600))).Kept);
        Assert.NotNull(Fill(Noon, justChanged: true, Answer(Result(timeout: 3600))).Kept);
    }

    [Fact]
    public void KeptAnswersSurviveTheirBytes()
    {
        var kept = Fill(Result(timeout: 600)).Kept!;
        var read = CachedAnswer.Read(kept.ToBytes())!;
        Assert.Equal(kept with { Body = read.Body }, read);
        Assert.Equal(kept.Body, read.Body);
        Assert.Null(CachedAnswer.Read([]));
        Assert.Null(CachedAnswer.Read([1, 2, 3]));
        Assert.Null(CachedAnswer.Read([9, .. kept.ToBytes()]));
    }

    private static JsonNode Unpack(CachedAnswer kept) => JsonNode.Parse(Unpacked.Of(kept))!;

    private static FilledAnswer Fill(params JsonObject[] results) => Fill(Noon, results);

    private static FilledAnswer Fill(DateTimeOffset now, params JsonObject[] results) => Fill(now, Answer(results));

    private static FilledAnswer Fill(DateTimeOffset now, byte[] answer) => Fill(now, justChanged: false, answer);

    private static FilledAnswer Fill(DateTimeOffset now, bool justChanged, byte[] answer)
    {
        var clock = new FixedClock(now);
        var changedAt = clock.GetTimestamp() - (justChanged ? 0 : 10 * clock.TimestampFrequency);
        return new ChartFill(Settings, clock).Make(answer, TestFacts.Empty with { ChangedAt = changedAt }, droppedAt: null);
    }

    private static byte[] Answer(params JsonObject[] results) =>
        JsonSerializer.SerializeToUtf8Bytes(new { result = results.Select(result => result.DeepClone()) });

    private static JsonObject Result(int timeout, DateTimeOffset? cachedAt = null, DateTimeOffset? askedAt = null) => new()
    {
        ["cached_dttm"] = cachedAt?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        ["queried_dttm"] = (cachedAt ?? askedAt ?? Noon).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
        ["cache_timeout"] = timeout,
        ["is_cached"] = cachedAt is not null,
        ["error"] = null,
        ["status"] = "success",
        ["stacktrace"] = null,
        ["rowcount"] = 3,
        ["data"] = new JsonArray(1, 2, 3),
    };

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
