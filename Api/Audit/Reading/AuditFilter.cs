namespace EmbedStack.Api.Audit.Reading;

/// <summary>Which rows are read, checked and bounded to what the reader may see.</summary>
internal sealed record AuditFilter
{
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Kind { get; init; }

    public string? Outcome { get; init; }

    public string? Person { get; init; }

    public string? Dashboard { get; init; }

    public string? Tenant { get; init; }

    public int Limit { get; init; } = 100;

    public AuditCursor? After { get; init; }
}
