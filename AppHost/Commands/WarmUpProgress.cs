namespace EmbedStack.AppHost.Commands;

/// <summary>How far the Api is with warming dashboards.</summary>
/// <param name="Total">Questions to ask.</param>
/// <param name="Done">Questions that have been asked.</param>
/// <param name="Failed">Of these, the ones without an answer.</param>
/// <param name="IsRunning">Whether it asks.</param>
/// <param name="IsWanted">Whether it is still to begin.</param>
/// <param name="IsStopped">Whether it ended before everything was asked.</param>
internal sealed record WarmUpProgress(int Total, int Done, int Failed, bool IsRunning, bool IsWanted, bool IsStopped)
{
    public bool GoesOn => IsRunning || IsWanted;

    /// <summary>Why not everything is warm, where it is over.</summary>
    public string? Problem => IsStopped ? "It stopped; the Api's log says why."
        : Failed > 0 ? $"{Failed} of {Total} questions have no answer; the Api's log says why."
        : null;

    public override string ToString() => (IsWanted, IsRunning, Total) switch
    {
        (true, false, _) => "waits until nothing changes",
        (_, _, 0) => IsRunning ? "looks what to ask" : "nothing to ask: no dashboard has been opened yet",
        _ => $"{Done} of {Total} questions{(Failed > 0 ? $", {Failed} without an answer" : "")}",
    };
}
