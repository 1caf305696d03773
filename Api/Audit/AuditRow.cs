namespace EmbedStack.Api.Audit;

/// <summary>A row as it is stored and hashed: the person as a pseudonym, address and agent sealed.</summary>
internal sealed record AuditRow
{
    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    public Guid? Person { get; init; }

    public Guid? Session { get; init; }

    public string? Tenant { get; init; }

    public string? Role { get; init; }

    public string[]? Dashboards { get; init; }

    public string[]? RuleDatasets { get; init; }

    public int? RuleCount { get; init; }

    public string? TokenSha256 { get; init; }

    public Guid? KeyId { get; init; }

    public byte[]? Origin { get; init; }

    public string? CorrelationId { get; init; }
}
