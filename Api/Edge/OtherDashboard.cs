using EmbedStack.Api.Audit;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// A token that is shown for another dashboard than its own. Whoever shows it hears what they would of one that is not there; the
/// audit tells the two apart.
/// </summary>
internal static class OtherDashboard
{
    public static Problem NotFound { get; } = Problems.NotFound with { Hidden = AuditReason.OtherDashboard };

    /// <summary>Asks, and gives a refusal its reason.</summary>
    /// <param name="guest">Who asks.</param>
    /// <param name="dashboard">The key of the dashboard that the question names, if that is there.</param>
    /// <param name="ask">Asks Superset.</param>
    /// <exception cref="ProblemException">It was refused, or Superset is away.</exception>
    public static async Task<T> AskAsync<T>(EdgeGuest guest, string? dashboard, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProblemException refused) when (
            dashboard is not null && guest.Dashboard(dashboard) is null
            && refused.Problem.Status is StatusCodes.Status400BadRequest or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
        {
            throw new ProblemException(refused.Problem with { Hidden = AuditReason.OtherDashboard }, refused);
        }
    }
}
