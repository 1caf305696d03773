using System.Globalization;
using System.Text;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>Comma-separated values (RFC 4180) that a spreadsheet takes for text, whatever a caller's agent says.</summary>
internal static class AuditCsv
{
    public const string ContentType = "text/csv";
    private const string Formulas = "=+-@\t\r\n";

    public const string Header =
        "at,kind,outcome,reason,person,session,tenant,role,dashboards,rule_datasets,rule_count,token_sha256,address,user_agent,correlation_id\r\n";

    public static string Line(AuditRecord record) => string.Join(',', new[]
    {
        record.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        record.Kind, record.Outcome, record.Reason, $"{record.Person}", $"{record.Session}", record.Tenant, record.Role,
        List(record.Dashboards), List(record.RuleDatasets), record.RuleCount?.ToString(CultureInfo.InvariantCulture), record.TokenSha256,
        record.Address, record.UserAgent, record.CorrelationId,
    }.Select(Cell)) + "\r\n";

    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var plain = Formulas.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny(",\"\r\n'") < 0 ? plain : new StringBuilder(plain).Replace("\"", "\"\"").Insert(0, '"').Append('"').ToString();
    }

    private static string? List(IReadOnlyList<string>? items) => items is null ? null : string.Join(' ', items);
}
