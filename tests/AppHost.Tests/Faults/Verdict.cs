namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>What may become of a question.</summary>
internal enum Verdict
{
    /// <summary>The viewer's own rows, whole.</summary>
    Right,

    /// <summary>Any other rows.</summary>
    Wrong,

    /// <summary>A problem document, 503 or 502: a part is away, or Superset failed for want of one.</summary>
    Unavailable,

    /// <summary>A problem document, 401: the token is none, or no longer.</summary>
    Refused,

    /// <summary>Whatever else: another status, no problem document, a connection that broke.</summary>
    Broken,

    /// <summary>No answer within what the edge itself allows.</summary>
    Hung,
}
