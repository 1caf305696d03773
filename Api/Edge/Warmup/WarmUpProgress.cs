namespace EmbedStack.Api.Edge.Warmup;

/// <summary>How far a warm-up is.</summary>
/// <param name="Total">Questions to ask.</param>
/// <param name="Done">Questions that have been asked.</param>
/// <param name="Failed">Of these, the ones without an answer.</param>
/// <param name="IsRunning">Whether it goes on.</param>
internal sealed record WarmUpProgress(int Total, int Done, int Failed, bool IsRunning)
{
    /// <summary>Whether it is asked for and has not begun: rows may still be changing, or another instance is at it.</summary>
    public bool IsWanted { get; init; }

    /// <summary>Whether it ended before everything was asked.</summary>
    public bool IsStopped { get; init; }

    public static readonly WarmUpProgress None = new(0, 0, 0, IsRunning: false);
}
