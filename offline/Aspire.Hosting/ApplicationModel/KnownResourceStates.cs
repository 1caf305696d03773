namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that the engine gives to resources.</summary>
public static class KnownResourceStates
{
    /// <summary>Not to be shown.</summary>
    [Obsolete("Use CustomResourceSnapshot.IsHidden instead.")]
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>About to run.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Running.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The container runtime does not work.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>About to end.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A container that has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A process that has ended.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Not started with the application.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>In use, without a process of its own.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>A parameter without a value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>The states in which a resource has ended.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>The states in which a project can be built.</summary>
    public static readonly IReadOnlyList<string> BuildableStates = [NotStarted, Exited, FailedToStart, Finished];

    internal const string Unknown = nameof(Unknown);

    internal static bool IsTerminal(string? state) => state is not null && TerminalStates.Contains(state);
}

/// <summary>How the dashboard colours a state.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Good.</summary>
    public static readonly string Success = "success";

    /// <summary>Bad.</summary>
    public static readonly string Error = "error";

    /// <summary>Neutral.</summary>
    public static readonly string Info = "info";

    /// <summary>Doubtful.</summary>
    public static readonly string Warn = "warning";
}
