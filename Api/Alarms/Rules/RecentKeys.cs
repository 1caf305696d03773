namespace EmbedStack.Api.Alarms.Rules;

/// <summary>What was lately seen, by key. It forgets by itself, and holds a bounded number: an attacker chooses keys.</summary>
internal sealed class RecentKeys<T>(TimeSpan window) where T : struct
{
    private const int Most = 20_000;
    private readonly Dictionary<string, (T Value, DateTimeOffset At)> _entries = new(StringComparer.Ordinal);

    public T? Find(string key, DateTimeOffset now) =>
        _entries.TryGetValue(key, out var entry) && now - entry.At < window ? entry.Value : null;

    public void Set(string key, T value, DateTimeOffset now)
    {
        if (_entries.Count >= Most && !_entries.ContainsKey(key))
        {
            Forget(now);
        }

        _entries[key] = (value, now);
    }

    private void Forget(DateTimeOffset now)
    {
        var old = _entries.Where(entry => now - entry.Value.At >= window).Select(entry => entry.Key).ToArray();
        foreach (var key in old.Length > 0 ? old : [.. _entries.OrderBy(entry => entry.Value.At).Take(Most / 10).Select(entry => entry.Key)])
        {
            _entries.Remove(key);
        }
    }
}
