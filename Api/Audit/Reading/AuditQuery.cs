using Microsoft.AspNetCore.Mvc;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>What a reader asks for, as it stands in the address. All of it is text: what is wrong with it is ours to say.</summary>
/// <param name="From">The first moment, ISO 8601; a date alone is its beginning in UTC.</param>
/// <param name="To">The moment before which to end.</param>
/// <param name="Kind">What happened, e.g. <c>mint</c>.</param>
/// <param name="Outcome"><c>allowed</c> or <c>refused</c>.</param>
/// <param name="Person">A person's pseudonym, or the subject that the identity provider knows.</param>
/// <param name="Dashboard">A dashboard's key.</param>
/// <param name="Tenant">A tenant's key; the network's leadership alone may name another than its own.</param>
/// <param name="Limit">Most events in one answer: 1 to 500, 100 by default.</param>
/// <param name="Cursor">Where the former answer ended.</param>
internal sealed record AuditQuery(
    [FromQuery] string? From, [FromQuery] string? To, [FromQuery] string? Kind, [FromQuery] string? Outcome, [FromQuery] string? Person,
    [FromQuery] string? Dashboard, [FromQuery] string? Tenant, [FromQuery] string? Limit, [FromQuery] string? Cursor)
{
    public static readonly IReadOnlySet<string> Names = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "from", "to", "kind", "outcome", "person", "dashboard", "tenant", "limit", "cursor",
    };
}
