using System.Globalization;
using System.Text.Json;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Edge.Cache;

namespace EmbedStack.Api.Authors;

/// <summary>
/// Audits who came in as an author, and each answer with rows: of whose, and of which datasets. Superset knows, and tells it
/// in a header of its answer, which goes no further. Where the row cannot be written nothing is shown.
/// </summary>
internal sealed class AuthorAudit(AuditLog audit, CacheFactsSource facts)
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
        await audit.WriteAsync(
            row with { Subject = told.Subject, Tenant = told.Tenant, Role = Role, RuleDatasets = told.Datasets is { } numbers ? [.. numbers.Select(Name)] : null },
            context.RequestAborted);
    }

    // An author's own draft is in no catalogue: its number is all there is to say.
    private string Name(int dataset) => facts.Current?.Dataset(dataset) ?? dataset.ToString(CultureInfo.InvariantCulture);
}
