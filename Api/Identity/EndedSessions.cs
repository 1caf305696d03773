using EmbedStack.Api.Audit;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Identity;

/// <summary>Tells the audit of sessions that were ended.</summary>
internal static class EndedSessions
{
    /// <summary>A row each, in one commit. A person has few sessions, each of which had a sign-in.</summary>
    public static async Task WriteEndedAsync(this AuditLog audit, IEnumerable<AuditEvent> ends)
    {
        try
        {
            await Task.WhenAll(ends.Select(end => audit.WriteAsync(end, CancellationToken.None)));
        }
        catch (ProblemException)
        {
            // They are over all the same, and nothing of it is undone; that there are no rows stands in the log.
        }
    }
}
