using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;

namespace EmbedStack.Api.Audit;

/// <summary>Reasons of refusals. Most are problems' slugs; the rest stand here.</summary>
internal static class AuditReason
{
    /// <summary>Somebody asked for what belongs to another tenant.</summary>
    public const string OtherTenant = "other-tenant";

    /// <summary>The person's role does not open this.</summary>
    public const string NotEntitled = "not-entitled";

    /// <summary>A page's token was shown for another dashboard than its own.</summary>
    public const string OtherDashboard = "other-dashboard";

    /// <summary>Whoever asked did not wait for the answer.</summary>
    public const string CallerGone = "caller-gone";

    /// <summary>Keycloak renews a session's tokens no more.</summary>
    public const string RefusedByKeycloak = "refused-by-keycloak";

    /// <summary>Why something that had begun stopped.</summary>
    public static string Of(Exception stopped) => stopped switch
    {
        ProblemException { Problem.Reason: var reason } => reason,
        OperationCanceledException => CallerGone,
        _ when DatabaseFailure.IsAway(stopped) => Problems.DatabaseUnavailable.Slug,
        _ => Problems.Internal.Slug,
    };
}
