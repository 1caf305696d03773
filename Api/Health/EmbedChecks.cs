using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Dashboards.Switches;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Health;

/// <summary>
/// How dashboards are, by what the audit of data accesses has of the last hour; of all tenants, and of nobody by name. The
/// hour may have many rows, and each leader's page asks four times a minute: it is counted once in ten seconds, by the one
/// connection of the audit's readers that no reader's turn takes.
/// </summary>
internal sealed class EmbedChecks(ReadersDatabase readers, DashboardSwitchStore switches, CatalogueSource catalogue, TimeProvider time) : IDisposable
{
    private const string LastHour = """
        select dashboard, count(*) filter (where outcome = 'allowed'), count(*) filter (where outcome = 'refused' and reason <> all ($1)),
            count(*) filter (where outcome = 'refused' and reason = any ($1)), max(at)
        from audit.data_access
        where at > now() - interval '1 hour' and day >= (now() at time zone 'UTC')::date - 1 and dashboard is not null group by dashboard
        """;

    private static readonly string[] Failures =
        ["superset-unavailable", "superset-busy", "superset-refused", "database-unavailable", "audit-unavailable", "internal"];

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Counted? _last;

    public async Task<IReadOnlyList<EmbedHealth>> ReadAsync(CancellationToken cancellationToken)
    {
        var installed = (await catalogue.GetAsync(cancellationToken)).Dashboards.ToDictionary(dashboard => dashboard.Key, dashboard => dashboard.Title, StringComparer.Ordinal);
        var asked = await CountAsync(cancellationToken);
        return
        [
            .. (await switches.ReadAsync(cancellationToken)).Dashboards.Select(dashboard =>
                asked.GetValueOrDefault(dashboard.Key, EmbedHealth.Unasked(dashboard.Key)) with
                {
                    Title = installed.GetValueOrDefault(dashboard.Key, dashboard.Key),
                    Installed = installed.ContainsKey(dashboard.Key),
                    Enabled = dashboard.Enabled,
                }),
        ];
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Dictionary<string, EmbedHealth>> CountAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            if (_last is not { } last || now - last.At >= Kept)
            {
                var rows = await readers.Source.QueryAsync(LastHour, [Failures], Read, cancellationToken);
                _last = last = new(now, rows.ToDictionary(entry => entry.Key, StringComparer.Ordinal));
            }

            return last.Found;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static EmbedHealth Read(NpgsqlDataReader row) => EmbedHealth.Unasked(row.GetString(0)) with
    {
        Answered = row.GetInt64(1),
        Refused = row.GetInt64(2),
        Failed = row.GetInt64(3),
        LastAt = row.GetFieldValue<DateTimeOffset>(4),
    };

    private sealed record Counted(DateTimeOffset At, Dictionary<string, EmbedHealth> Found);
}
