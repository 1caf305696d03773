namespace EmbedStack.Api.Audit.Reading;

/// <summary>An event as readers see it. Address and agent are there while the key that sealed them is.</summary>
internal sealed record AuditRecord(
    DateTimeOffset At, string Kind, string Outcome, string? Reason, Guid? Person, Guid? Session, string? Tenant, string? Role,
    IReadOnlyList<string>? Dashboards, IReadOnlyList<string>? RuleDatasets, int? RuleCount, string? TokenSha256,
    string? Address, string? UserAgent, string? CorrelationId)
{
    public static AuditRecord Of(AuditRow row, AuditKey? key)
    {
        var origin = row.Origin is { } sealedText ? key?.Open(sealedText) : null;
        return new AuditRecord(
            row.At, row.Kind, row.Outcome, row.Reason, row.Person, row.Session, row.Tenant, row.Role, row.Dashboards, row.RuleDatasets,
            row.RuleCount, row.TokenSha256, origin?.Address, origin?.UserAgent, row.CorrelationId);
    }
}
