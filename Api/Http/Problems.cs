namespace EmbedStack.Api.Http;

/// <summary>Every error that the Api answers with. Types are part of the contract and never change their meaning.</summary>
internal static class Problems
{
    public static readonly Problem Malformed = new(400, "malformed-request", "The request is malformed.");
    public static readonly Problem InvalidHost = new(400, "invalid-host", "This address is not served here.");
    public static readonly Problem InvalidReturnUrl = new(400, "invalid-return-url", "The return address must be a path of this site.");
    public static readonly Problem InvalidEntitlements = new(400, "invalid-entitlements", "The entitlements are not in order.");
    public static readonly Problem InvalidRevocation = new(400, "invalid-revocation", "A kind and a value that fits it are needed.");
    public static readonly Problem InvalidView = new(400, "invalid-view", "A dashboard and a name are needed, and a state of a dashboard's page.");
    public static readonly Problem InvalidRendering = new(400, "invalid-rendering", "A format is needed, pdf or png, and a state of a dashboard's page.");
    public static readonly Problem InvalidIssuer = new(400, "invalid-issuer", "The sign-in answer did not come from the expected issuer.");
    public static readonly Problem InvalidLogoutToken = new(400, "invalid-logout-token", "The logout token is not valid here.");
    public static readonly Problem TwoCredentials = new(400, "two-credentials", "Send a session's cookie or an access token, not both.");
    public static readonly Problem NotSignedIn = new(401, "not-signed-in", "Sign in first.");
    public static readonly Problem PersonChanged = new(401, "person-changed", "Somebody else is signed in than this page was made for.");
    public static readonly Problem InvalidToken = new(401, "invalid-token", "The access token is not valid here.");
    public static readonly Problem NoGuestToken = new(401, "no-guest-token", "A guest token is needed.");
    public static readonly Problem CrossSite = new(403, "cross-site-request", "The request must come from the application's own pages.");
    public static readonly Problem NoTenant = new(403, "no-tenant", "This person does not belong to exactly one tenant.");
    public static readonly Problem NoRole = new(403, "no-role", "This person does not hold exactly one role.");
    public static readonly Problem AccessWithdrawn = new(403, "access-withdrawn", "This person's access has been withdrawn.");
    public static readonly Problem Forbidden = new(403, "forbidden", "Not allowed.");
    public static readonly Problem NotFound = new(404, "not-found", "There is nothing here.");
    public static readonly Problem UnknownDashboard = new(404, "unknown-dashboard", "No such dashboard.");
    public static readonly Problem MethodNotAllowed = new(405, "method-not-allowed", "This method is not supported here.");
    public static readonly Problem Uncovered = new(409, "uncovered-dataset", "The dashboard cannot be shown safely to this role.");
    public static readonly Problem TokenTooLarge = new(409, "token-too-large", "The rules for this request do not fit into a token.");
    public static readonly Problem WouldLockOut = new(409, "would-lock-out", "Nobody can withdraw the own access.");
    public static readonly Problem TooManyViews = new(409, "too-many-views", "Delete a saved view first.");
    public static readonly Problem PreconditionFailed = new(412, "precondition-failed", "It has been changed since it was read.");
    public static readonly Problem TooLarge = new(413, "too-large", "The request is too large.");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported-media-type", "Send application/json.");
    public static readonly Problem RenderingTooLarge = new(422, "rendering-too-large", "The dashboard is too large for a picture.");
    public static readonly Problem TooManyRenderings = new(429, "too-many-renderings", "Another rendering is under way.") { RetryAfter = TimeSpan.FromSeconds(5) };
    public static readonly Problem TooManyLogouts = new(429, "too-many-requests", "Too many logout tokens were refused.") { RetryAfter = TimeSpan.FromMinutes(1) };
    public static readonly Problem TooManyOperators = new(429, "too-many-requests", "Too many keys were wrong.") { RetryAfter = TimeSpan.FromMinutes(1) };
    public static readonly Problem TooManyTokens = new(429, "too-many-requests", "Too many access tokens were over.") { RetryAfter = TimeSpan.FromMinutes(1) };
    public static readonly Problem TooManySignIns = new(429, "too-many-requests", "Too many sign-ins failed.") { RetryAfter = TimeSpan.FromMinutes(1) };
    public static readonly Problem ExportTooLarge = new(422, "export-too-large", "The export has more rows or bytes than one may have. Filter it first.");
    public static readonly Problem PreconditionRequired = new(428, "precondition-required", "Say in If-Match what was read.");
    public static readonly Problem TooManyRequests = new(429, "too-many-requests", "Too many requests.") { RetryAfter = TimeSpan.FromSeconds(1) };
    public static readonly Problem Internal = new(500, "internal", "Something went wrong.");
    public static readonly Problem SupersetRefused = new(502, "superset-refused", "Superset refused the request.");
    public static readonly Problem RenderingFailed = new(502, "rendering-failed", "The dashboard could not be rendered.");
    public static readonly Problem RenderingTimedOut = new(504, "rendering-timed-out", "The dashboard was not drawn in time.");
    public static readonly Problem SupersetUnavailable = Away("superset-unavailable", "Superset is not available.");
    public static readonly Problem SupersetBusy = Away("superset-busy", "Too many requests wait for Superset.");
    public static readonly Problem RendererUnavailable = Away("renderer-unavailable", "The renderer is not available.");
    public static readonly Problem RendererBusy = Away("renderer-busy", "Too many dashboards wait to be rendered.");
    public static readonly Problem IdentityUnavailable = Away("identity-unavailable", "The identity provider is not available.");
    public static readonly Problem DatabaseUnavailable = Away("database-unavailable", "The database is not available.");

    public static readonly Problem AuditUnavailable = Away("audit-unavailable", "What is shown could not be written down.");

    public static readonly Problem EmbeddingSuspended =
        new(503, "embedding-suspended", "Embedding is switched off for now.") { RetryAfter = TimeSpan.FromSeconds(60) };

    public static Problem ForStatus(int status) => status switch
    {
        401 => NotSignedIn,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        >= 400 and < 500 => Malformed with { Status = status },
        _ => Internal with { Status = status },
    };

    private static Problem Away(string slug, string title) => new(503, slug, title) { RetryAfter = TimeSpan.FromSeconds(5) };
}
