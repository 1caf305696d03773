namespace EmbedStack.ClinicData.Generation;

/// <summary>
/// SplitMix64: the same numbers from the same seed on every machine and every .NET, which System.Random does not
/// promise.
/// </summary>
internal sealed class Randomness(ulong seed)
{
    private ulong state = seed;

    /// <summary>A stream of its own for each name, so that one clinic's data do not depend on the others.</summary>
    public static Randomness For(ulong seed, params ReadOnlySpan<string> names)
    {
        var hash = 14695981039346656037UL ^ seed;
        foreach (var name in names)
        {
            foreach (var character in name + "/")
            {
                hash = (hash ^ character) * 1099511628211UL;
            }
        }

        return new Randomness(hash);
    }

    /// <summary>0 ≤ result &lt; 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 ≤ result &lt; <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Unit() * limit);

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
