namespace EmbedStack.Renderer.Requests;

/// <summary>Why there is no picture, and how the Api is told.</summary>
/// <param name="Name">A label of metrics and logs.</param>
/// <param name="Status">The answer's status: the Api knows reasons by it.</param>
internal sealed record StopReason(string Name, int Status)
{
    /// <summary>Too many wait already, or it took too long to get a turn.</summary>
    public static readonly StopReason Busy = new("busy", StatusCodes.Status429TooManyRequests) { RetryAfter = 10 };

    /// <summary>Chromium does not start, or ended.</summary>
    public static readonly StopReason NoBrowser = new("no-browser", StatusCodes.Status503ServiceUnavailable) { RetryAfter = 10 };

    /// <summary>The dashboard was not drawn in time.</summary>
    public static readonly StopReason TimedOut = new("timed-out", StatusCodes.Status504GatewayTimeout);

    /// <summary>The dashboard is larger than a picture may be.</summary>
    public static readonly StopReason TooLarge = new("too-large", StatusCodes.Status422UnprocessableEntity);

    /// <summary>The embed origin did not give its page.</summary>
    public static readonly StopReason NoPage = new("no-page", StatusCodes.Status502BadGateway);

    /// <summary>The page of the dashboard broke while it was drawn.</summary>
    public static readonly StopReason BrokenPage = new("broken-page", StatusCodes.Status502BadGateway);

    /// <summary>Each of the dashboard's charts shows an error.</summary>
    public static readonly StopReason NoChart = new("no-chart", StatusCodes.Status502BadGateway);

    /// <summary>The embed origin did not take the token, or takes it no more.</summary>
    public static readonly StopReason Refused = new("refused", StatusCodes.Status403Forbidden);

    /// <summary>Nobody waits for it any more.</summary>
    public static readonly StopReason CallerGone = new("caller-gone", StatusCodes.Status499ClientClosedRequest);

    /// <summary>Seconds after which to ask again.</summary>
    public int? RetryAfter { get; init; }

    public override string ToString() => Name;
}
