using Npgsql;

namespace EmbedStack.Api.Audit;

/// <summary>Reads rows as they were written, with the columns that <see cref="Columns"/> names.</summary>
internal static class AuditReader
{
    public const string Columns =
        "at, kind, outcome, reason, person, session, tenant, role, dashboards, rule_datasets, rule_count, token_sha256, key_id, origin, correlation_id";

    public static AuditRow Read(NpgsqlDataReader row) => new()
    {
        At = row.GetFieldValue<DateTimeOffset>(0),
        Kind = row.GetString(1),
        Outcome = row.GetString(2),
        Reason = row.Get<string>(3),
        Person = row.GetOrNull<Guid>(4),
        Session = row.GetOrNull<Guid>(5),
        Tenant = row.Get<string>(6),
        Role = row.Get<string>(7),
        Dashboards = row.Get<string[]>(8),
        RuleDatasets = row.Get<string[]>(9),
        RuleCount = row.GetOrNull<int>(10),
        TokenSha256 = row.Get<string>(11),
        KeyId = row.GetOrNull<Guid>(12),
        Origin = row.Get<byte[]>(13),
        CorrelationId = row.Get<string>(14),
    };

    public static T? Get<T>(this NpgsqlDataReader row, int column) where T : class =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    public static T? GetOrNull<T>(this NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
