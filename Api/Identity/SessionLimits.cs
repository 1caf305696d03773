namespace EmbedStack.Api.Identity;

/// <summary>How long a session lasts: without a request, and at most.</summary>
internal sealed record SessionLimits(TimeSpan Idle, TimeSpan Absolute)
{
    public static SessionLimits From(IConfiguration configuration) => new(
        configuration.GetValue("Session:Idle", TimeSpan.FromMinutes(30)),
        configuration.GetValue("Session:Absolute", TimeSpan.FromHours(8)));
}
