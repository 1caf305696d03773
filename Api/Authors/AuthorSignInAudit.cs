using System.Text.Json;
using EmbedStack.Api.Audit;

namespace EmbedStack.Api.Authors;

/// <summary>
/// Audits who came in as an author and whose rows they see. Superset knows, and tells it in a header of its answer, which
/// goes no further.
/// </summary>
internal sealed class AuthorSignInAudit(AuditLog audit)
{
    private const string Header = "X-EmbedStack-Author";
    private const string Role = "author";

    public async Task WriteAsync(HttpResponseMessage answer, HttpContext context)
    {
        if (!answer.Headers.TryGetValues(Header, out var values))
        {
            return;
        }

        var told = JsonSerializer.Deserialize(values.Single(), AuthorEventContext.Default.AuthorEvent)!;
        var row = told.Refusal is null ? AuditEvent.Permitted(told.Kind, context) : AuditEvent.Refused(told.Kind, told.Refusal, context);
        await audit.WriteAsync(row with { Subject = told.Subject, Tenant = told.Tenant, Role = Role }, context.RequestAborted);
    }
}
