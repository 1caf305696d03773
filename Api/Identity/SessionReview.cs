using System.Threading.Channels;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Identity;

/// <summary>
/// Asks Keycloak about a person's other sessions once it vouches for one no longer, those included of pages that ask for nothing.
/// Each ends if Keycloak says so, on all instances at once: of somebody who was disabled all do, and where a sign-in had run out
/// that one alone.
/// </summary>
internal sealed partial class SessionReview(
    SessionStore sessions, SessionRefresh refresh, KeycloakClient keycloak, SessionTermination termination, ILogger<SessionReview> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private const int MostWaiting = 10_000;
    private const int Attempts = 12;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Channel<string> _subjects = Channel.CreateBounded<string>(MostWaiting);

    /// <summary>Has the person's sessions reviewed, soon.</summary>
    public void Doubt(string subject)
    {
        if (!_subjects.Writer.TryWrite(subject))
        {
            LogLeft("too many wait");
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _subjects.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, ReviewAsync);

    private async ValueTask ReviewAsync(string subject, CancellationToken stoppingToken)
    {
        for (var attempt = 1; !await TryAsync(() => AskAsync(subject, stoppingToken), stoppingToken) && attempt < Attempts; attempt++)
        {
            await Task.Delay(Pause, stoppingToken);
        }
    }

    // One session that cannot be asked about keeps no other from it.
    private async Task<bool> AskAsync(string subject, CancellationToken stoppingToken)
    {
        var all = true;
        foreach (var session in await sessions.ReadAsync(subject, stoppingToken))
        {
            all &= await TryAsync(() => AskAsync(session, stoppingToken), stoppingToken);
        }

        return all;
    }

    // Not what was heard before: Keycloak itself.
    private async Task<bool> AskAsync(Session session, CancellationToken stoppingToken)
    {
        var renewed = session.About(new AuditEvent(AuditKind.Refresh, true));
        var verdict = await refresh.EnsureFreshAsync(session, renewed, stoppingToken) is { } fresh
            ? await keycloak.IntrospectSessionAsync(fresh.Tokens.Access, stoppingToken)
            : Introspection.Inactive;
        if (!verdict.Active || !session.IsOf(verdict))
        {
            await termination.EndAsync(session, verdict, noticed: null);
        }

        return true;
    }

    // Keycloak or Postgres may be away.
    private async Task<bool> TryAsync(Func<Task<bool>> ask, CancellationToken stoppingToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogLeft(exception.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A person's other sessions are asked about later, at their next use at the latest: {Cause}")]
    private partial void LogLeft(string cause);
}
