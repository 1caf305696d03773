namespace EmbedStack.Api.Alarms.Rules;

/// <summary>Counts by key over a window that begins with the first and begins anew when it is over.</summary>
internal sealed class RecentCounts(TimeSpan window)
{
    private readonly RecentKeys<(DateTimeOffset Since, int Count)> _counts = new(window);

    public int Add(string key, DateTimeOffset now)
    {
        var (since, count) = _counts.Find(key, now) is { } running && now - running.Since < window ? running : (now, 0);
        _counts.Set(key, (since, count + 1), now);
        return count + 1;
    }
}
