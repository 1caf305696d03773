using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Sees to it that every refusal leaves a row: what is malformed, too large, of another type or without a session is refused
/// before anything of ours decides, and leaves it here, before the answer begins. At the embed and the authors' origin it is
/// who was nobody and what was not theirs: forged and ended tokens, and what Superset's walls stop; of those who are known also
/// what is not there for them, and what they ask too often.
/// </summary>
internal sealed class RefusedRequests(RequestDelegate next, Origins origins, PersonResolver persons, RefusalAudit audit)
{
    // The page asks at each visit who is signed in: nobody is an answer, and no refusal.
    private const string WhoIsSignedIn = "/bff/user";
    private static readonly HashSet<int> Refusals = [400, 401, 403, 409, 412, 413, 415, 428, 429];
    private static readonly HashSet<int> RefusalsOfOperators = [.. Refusals, 404];
    private static readonly HashSet<int> RefusalsElsewhere = [401, 403];
    private static readonly HashSet<int> RefusalsOfGuests = [401, 403, 404, 429];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() => AuditAsync(context));
        return next(context);
    }

    private async Task AuditAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var (kind, origin) = origins.IsEmbed(context) ? (AuditKind.DataAccess, "embed") : (AuditKind.Access, origins.IsAuthors(context) ? "authors" : "");
        if (!RefusalsOf(context, origin).Contains(status) || AuditedRefusal.IsIn(context) || (status == 401 && context.Request.Path == WhoIsSignedIn))
        {
            return;
        }

        var reason = (context.Features.Get<Problem>() ?? Problems.ForStatus(status)).Reason;
        try
        {
            await audit.WriteAsync(await AddPersonAsync(AuditEvent.Refused(kind, reason, context), context), CancellationToken.None, origin);
        }
        catch (Exception exception) when (exception is ProblemException || DatabaseFailure.Is(exception))
        {
            // It stays refused; where a row could not be written, the log has it.
        }
    }

    // To whoever lacks the operators' key there is nothing: that is how it is refused.
    private static HashSet<int> RefusalsOf(HttpContext context, string origin) => origin switch
    {
        "" when context.Request.Path.StartsWithSegments(OperatorRoutes.Prefix) => RefusalsOfOperators,
        "" => Refusals,
        _ => context.Features.Get<Person>() is null ? RefusalsElsewhere : RefusalsOfGuests,
    };

    // What is refused before the endpoint's filters has a session, but no person yet.
    private async Task<AuditEvent> AddPersonAsync(AuditEvent refusal, HttpContext context)
    {
        if (context.Features.Get<Person>() is { } known)
        {
            return refusal.By(known);
        }

        if (context.Features.Get<SignedIn>() is not { } signedIn)
        {
            return refusal;
        }

        return (await persons.ResolveAsync(signedIn, CancellationToken.None)).About(refusal);
    }
}
