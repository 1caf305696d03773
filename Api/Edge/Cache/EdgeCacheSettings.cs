namespace EmbedStack.Api.Edge.Cache;

/// <summary>How much is kept, and for how long.</summary>
/// <param name="MemoryBytes">Of answers in memory, compressed.</param>
/// <param name="StoreBytes">Of answers that instances share.</param>
/// <param name="LongestAge">Beyond which no answer is fresh, whatever Superset allows.</param>
/// <param name="StaleFor">How much longer an answer is shown while somebody asks again.</param>
/// <param name="FreshAnswersPerMinute">How often a data identity may ask past the caches.</param>
/// <param name="TimeZone">In which Superset says what "today" is: at midnight all answers end.</param>
internal sealed record EdgeCacheSettings(
    long MemoryBytes, long StoreBytes, TimeSpan LongestAge, TimeSpan StaleFor, int FreshAnswersPerMinute, TimeZoneInfo TimeZone)
{
    private const long Megabyte = 1024 * 1024;

    public static EdgeCacheSettings From(IConfiguration configuration)
    {
        var settings = new EdgeCacheSettings(
            configuration.GetValue("Edge:Cache:MemoryMegabytes", 64L) * Megabyte,
            configuration.GetValue("Edge:Cache:StoreMegabytes", 1024L) * Megabyte,
            configuration.GetValue("Edge:Cache:LongestAge", TimeSpan.FromHours(1)),
            configuration.GetValue("Edge:Cache:StaleFor", TimeSpan.FromMinutes(5)),
            configuration.GetValue("Edge:Cache:FreshAnswersPerMinute", 60),
            configuration["Edge:Cache:TimeZone"] is { Length: > 0 } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : TimeZoneInfo.Local);
        return settings.MemoryBytes > 0 && settings.StoreBytes > 0 && settings.LongestAge > TimeSpan.Zero && settings.StaleFor >= TimeSpan.Zero
            && settings.FreshAnswersPerMinute > 0
            ? settings
            : throw new InvalidOperationException("Edge:Cache needs positive sizes, ages and rates.");
    }

    /// <summary>Today, where Superset is.</summary>
    public DateOnly Day(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZone).DateTime);

    /// <summary>When an answer of this age ends, for good with the day.</summary>
    public (DateTimeOffset Fresh, DateTimeOffset Usable) Ends(DateTimeOffset askedAt, DateTimeOffset freshUntil, DateTimeOffset now)
    {
        var midnight = Midnight(now);
        var fresh = Earlier(Earlier(freshUntil, askedAt + LongestAge), midnight);
        return (fresh, Earlier(fresh + StaleFor, midnight));
    }

    private DateTimeOffset Midnight(DateTimeOffset now)
    {
        var next = Day(now).AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(next, TimeZone.GetUtcOffset(next));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
