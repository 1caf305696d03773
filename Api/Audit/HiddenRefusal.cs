using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit;

/// <summary>Refusals that look as if there were nothing, and stand in the audit for what they are.</summary>
internal static class HiddenRefusal
{
    /// <returns>What to throw once the row is written.</returns>
    public static Task<ProblemException> RefuseAsNotThereAsync(this RefusalAudit audit, string reason, HttpContext context) =>
        audit.RefuseAsNotThereAsync(AuditKind.Access, reason, context);

    /// <summary>The same, of another kind: there was nothing to act on, or nothing of theirs.</summary>
    public static async Task<ProblemException> RefuseAsNotThereAsync(this RefusalAudit audit, string kind, string reason, HttpContext context)
    {
        await audit.WriteAsync(AuditEvent.Refused(kind, reason, context).By(context.GetPerson()), context.RequestAborted);
        return new ProblemException(Problems.NotFound);
    }
}
