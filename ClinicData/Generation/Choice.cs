namespace EmbedStack.ClinicData.Generation;

/// <summary>Picks by weight.</summary>
internal sealed class Choice<T>
{
    private readonly IReadOnlyList<T> items;
    private readonly double[] until;

    public Choice(IReadOnlyList<T> items, Func<T, double> weight)
    {
        this.items = items;
        until = new double[items.Count];
        for (var index = 0; index < items.Count; index++)
        {
            until[index] = weight(items[index]) + (index == 0 ? 0 : until[index - 1]);
        }
    }

    public T Pick(Randomness random)
    {
        var at = random.Unit() * until[^1];
        for (var index = 0; index < until.Length - 1; index++)
        {
            if (at < until[index])
            {
                return items[index];
            }
        }

        return items[^1];
    }
}
