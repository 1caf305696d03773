using EmbedStack.Doctor.Checks;
using Npgsql;

namespace EmbedStack.Doctor.Patients.Contents;

/// <summary>Reads the databases themselves, in sessions that can write nothing.</summary>
/// <param name="superset">Superset's own.</param>
/// <param name="shared">What it shares with the Api.</param>
/// <param name="serviceAccount">The Api's account in Superset.</param>
internal sealed class StoredContents(string superset, string shared, string serviceAccount) : ISupersetContents
{
    private const string DashboardSql =
        """
        select dashboard.id, dashboard.uuid, embedded.uuid, embedded.allow_domain_list, dashboard.json_metadata
        from dashboards dashboard left join embedded_dashboards embedded on embedded.dashboard_id = dashboard.id
        order by dashboard.id, embedded.uuid
        """;

    private const string ChartSql =
        """
        select chart.id, placed.dashboard_id, chart.datasource_id, coalesce(chart.slice_name, ''), chart.query_context
        from slices chart join dashboard_slices placed on placed.slice_id = chart.id order by placed.dashboard_id, chart.id
        """;

    private const string DatasetSql = "select id, uuid, table_name, coalesce(sql, '') <> '' from tables order by id";

    private const string RoleSql =
        """
        select role.name, permission.name, view.name
        from ab_role role
        left join ab_permission_view_role held on held.role_id = role.id
        left join ab_permission_view pair on pair.id = held.permission_view_id
        left join ab_permission permission on permission.id = pair.permission_id
        left join ab_view_menu view on view.id = pair.view_menu_id
        """;

    private const string AccountSql =
        """
        select role.name from ab_user account
        left join ab_user_role held on held.user_id = account.id left join ab_role role on role.id = held.role_id
        where account.username = $1 and account.active
        """;

    private const string PublishedSql = "select kind, key, uuid, id, datasets from shared.catalog_ids";

    public async Task<SupersetContents> ReadAsync()
    {
        try
        {
            await using var metadata = await OpenAsync(superset);
            await using var published = await OpenAsync(shared);
            var permissions = await RowsAsync(metadata, RoleSql, row => (Role: row.GetString(0), Permission: Text(row, 1), View: Text(row, 2)));
            var account = await RowsAsync(metadata, AccountSql, row => Text(row, 0), serviceAccount);
            return new SupersetContents(
                await RowsAsync(metadata, DashboardSql, row => new StoredDashboard(
                    row.GetInt32(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), Text(row, 3), Text(row, 4))),
                await RowsAsync(metadata, ChartSql, row => new StoredChart(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), Text(row, 4))),
                await RowsAsync(metadata, DatasetSql, row => new StoredDataset(row.GetInt32(0), row.GetGuid(1), row.GetString(2), row.GetBoolean(3))),
                permissions.GroupBy(row => row.Role).ToDictionary(
                    role => role.Key,
                    IReadOnlySet<string> (role) => role.Where(row => row.View is not null).Select(row => $"{row.Permission} on {row.View}").ToHashSet()),
                account.Count == 0 ? null : account.OfType<string>().ToHashSet(),
                await RowsAsync(published, PublishedSql, row => new PublishedId(
                    row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetInt32(3), row.IsDBNull(4) ? [] : row.GetFieldValue<string[]>(4))));
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
        {
            throw new NotExaminedException($"Postgres does not let the doctor read Superset's database ({(problem as PostgresException)?.SqlState ?? "no answer"})");
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = false, Timeout = 10, CommandTimeout = 30, ApplicationName = "embedstack-doctor", Options = "-c default_transaction_read_only=on",
        }.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        List<T> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
