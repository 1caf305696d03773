namespace EmbedStack.Api.Edge.Cache;

/// <summary>What asking brought.</summary>
/// <param name="Original">The answer as it came, for whoever asked; empty where it was found.</param>
/// <param name="Rows">How many rows of data it holds.</param>
/// <param name="Kept">The answer for everybody else, where it may be kept.</param>
/// <param name="Source">Whence it is.</param>
internal sealed record FilledAnswer(ReadOnlyMemory<byte> Original, int Rows, CachedAnswer? Kept, EdgeSource Source)
{
    /// <summary>Whether it waited in Superset's cache since before what is kept was dropped.</summary>
    public bool IsDropped { get; init; }

    public static FilledAnswer Found(CachedAnswer answer, EdgeSource source) => new(default, answer.Rows, answer, source);
}
