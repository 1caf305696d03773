using System.Net;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>
/// What of Superset's answers does not pass. Redirects lead guests to sign-in pages that are not for them. What Superset
/// says of an error is not either: it quotes the statement, its rules and the database.
/// </summary>
internal static class SupersetRefusals
{
    /// <exception cref="ProblemException">It is such an answer.</exception>
    public static void Check(HttpStatusCode status)
    {
        if (ProblemOf(status) is { } problem)
        {
            throw new ProblemException(problem);
        }
    }

    private static Problem? ProblemOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotModified => null,
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => Problems.NotFound,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Problems.SupersetUnavailable,
        >= HttpStatusCode.InternalServerError => Problems.SupersetRefused,
        HttpStatusCode.Unauthorized => Problems.NoGuestToken,
        >= HttpStatusCode.BadRequest => Problems.ForStatus((int)status),
        _ => null,
    };
}
