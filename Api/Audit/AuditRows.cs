using System.Text;

namespace EmbedStack.Api.Audit;

/// <summary>Makes rows of events.</summary>
internal static class AuditRows
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    public static AuditRow Create(AuditEntry entry, AuditKey? key)
    {
        var told = entry.Event;
        return new AuditRow
        {
            At = Round(entry.At),
            Kind = Text(told.Kind)!,
            Outcome = told.Allowed ? "allowed" : "refused",
            Reason = Text(told.Reason),
            Person = told.Subject is null ? null : key?.Id,
            Session = told.SessionId is { } session ? key?.Derive(session) : null,
            Tenant = Text(told.Tenant),
            Role = Text(told.Role),
            Dashboards = Texts(told.Dashboards),
            RuleDatasets = Texts(told.RuleDatasets),
            RuleCount = told.RuleCount,
            TokenSha256 = told.TokenSha256,
            KeyId = key?.Id,
            Origin = key?.Seal(AuditOrigin.Of(told)),
            CorrelationId = Text(told.CorrelationId),
        };
    }

    // What Postgres keeps of a time: what is hashed must come back from it as it was.
    private static DateTimeOffset Round(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TicksPerMicrosecond), TimeSpan.Zero);

    // Neither is text to Postgres, and one such row would keep those that share its transaction from being written.
    private static string? Text(string? text) => text is null
        ? null
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);

    private static string[]? Texts(IReadOnlyList<string>? texts) => texts is null ? null : [.. texts.Select(text => Text(text)!)];
}
