namespace EmbedStack.Api.Identity;

/// <summary>How long a session lasts: without a request, and at most.</summary>
internal sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <exception cref="InvalidOperationException">A limit is out of bounds.</exception>
    public static SessionLimits From(IConfiguration configuration)
    {
        var limits = new SessionLimits(
            configuration.GetValue("Session:Idle", TimeSpan.FromMinutes(30)),
            configuration.GetValue("Session:Absolute", TimeSpan.FromHours(8)));
        return limits.Idle >= Shortest && limits.Idle <= limits.Absolute && limits.Absolute <= Longest
            ? limits
            : throw new InvalidOperationException("Session__Idle must be a minute at least, Session__Absolute no less and 1.00:00:00 at most.");
    }
}
