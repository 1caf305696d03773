using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;

namespace EmbedStack.Api.Audit;

/// <summary>Refusals that look as if there were nothing, and stand in the audit for what they are.</summary>
internal static class HiddenRefusal
{
    /// <returns>What to throw once the row is written.</returns>
    public static async Task<ProblemException> RefuseAsNotThereAsync(this AuditLog audit, string reason, HttpContext context)
    {
        await audit.WriteAsync(AuditEvent.Refused(AuditKind.Access, reason, context).By(context.GetPerson()), context.RequestAborted);
        return new ProblemException(Problems.NotFound);
    }
}
