using System.Runtime.CompilerServices;
using System.Text;
using EmbedStack.Api.Persistence;

namespace EmbedStack.Api.Audit.Reading;

/// <summary>Reads pages of the audit, latest first, each beginning where the former ended.</summary>
internal sealed class AuditPages(ReadersDatabase database, AuditKeys keys)
{
    private const string Order = "order by at desc, instance desc, batch desc, position desc";

    // What guests were shown stands in a table of its own, larger than all else: it is read by who asks for it.
    private const string DataAccess = """
        (select day, instance, batch, position, at, kind, outcome, reason, person, session, tenant, role, dashboards, rule_datasets,
            rule_count, token_sha256, key_id, origin, correlation_id
         from audit.events where kind = 'data_access'
         union all
         select day, instance, segment, position, at, 'data_access', outcome, coalesce(reason, concat_ws(' ', way, chart, rows || ' rows', source)),
            person, session, tenant, role, array_remove(array[dashboard], null), array_remove(array[dataset], null), null, null, null, null, correlation_id
         from audit.data_access) as accesses
        """;

    public async Task<AuditPage> ReadAsync(AuditFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var values = new List<object?>();
        var sql = Select(filter, values);
        var rows = await connection.QueryAsync(
            sql, [.. values],
            row => (Row: AuditReader.Read(row), Cursor: new AuditCursor(row.GetFieldValue<DateTimeOffset>(0), row.GetGuid(15), row.GetInt64(16), row.GetInt32(17))),
            cancellationToken);
        var page = rows.Take(filter.Limit).ToArray();
        var found = await keys.GetAsync(connection, [.. page.Select(entry => entry.Row.KeyId).OfType<Guid>().Distinct()], cancellationToken);
        return new AuditPage(
            [.. page.Select(entry => AuditRecord.Of(entry.Row, entry.Row.KeyId is { } id ? found.GetValueOrDefault(id) : null))],
            rows.Count > page.Length ? page[^1].Cursor.ToString() : null);
    }

    /// <summary>All pages, one after the other.</summary>
    public async IAsyncEnumerable<AuditRecord> ReadAllAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next;
        do
        {
            var page = await ReadAsync(filter, cancellationToken);
            foreach (var record in page.Events)
            {
                yield return record;
            }

            next = page.Next;
            filter = filter with { After = next is null ? null : AuditCursor.Read(next) };
        }
        while (next is not null);
    }

    private static string Select(AuditFilter filter, List<object?> values)
    {
        var source = filter.Kind == AuditKind.DataAccess ? DataAccess : "audit.events";
        var sql = new StringBuilder($"select {AuditReader.Columns}, instance, batch, position from {source} where true");
        // A batch's day is that of its commit: at most one off from that of its rows, unless a clock was set back.
        Add(filter.From, "at >= {0}");
        Add(filter.From is { } from ? DateOnly.FromDateTime(from.UtcDateTime).AddDays(-1) : null, "day >= {0}");
        Add(filter.To, "at < {0}");
        Add(filter.Kind, "kind = {0}");
        Add(filter.Outcome, "outcome = {0}");
        Add(filter.Tenant, "tenant = {0}");
        Add(filter.Person, "person in ({0}::text::uuid, audit.person({0}))", Guid.TryParse(filter.Person, out _));
        Add(filter.Person, "person = audit.person({0})", !Guid.TryParse(filter.Person, out _));
        Add(filter.Dashboard, "{0} = any(dashboards)");
        if (filter.After is { } after)
        {
            values.AddRange([after.At, after.Instance, after.Batch, after.Position]);
            sql.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $" and (at, instance, batch, position) < (${values.Count - 3}, ${values.Count - 2}, ${values.Count - 1}, ${values.Count})");
        }

        values.Add(filter.Limit + 1);
        return sql.Append(System.Globalization.CultureInfo.InvariantCulture, $" {Order} limit ${values.Count}").ToString();

        void Add(object? value, string condition, bool wanted = true)
        {
            if (value is not null && wanted)
            {
                values.Add(value);
                sql.Append(" and ").AppendFormat(System.Globalization.CultureInfo.InvariantCulture, condition, $"${values.Count}");
            }
        }
    }
}
