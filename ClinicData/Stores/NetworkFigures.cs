using System.Globalization;
using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>
/// Figures per clinic and day, and per clinic and month, counted where the clinic's rows stand and shipped to the
/// network's schema: separate databases stay separate.
/// </summary>
/// <param name="network">A connection of clinic_loader with the network's schema on its search path.</param>
/// <param name="reportingDay">"Today" of the rows.</param>
internal sealed class NetworkFigures(NpgsqlConnection network, DateOnly reportingDay)
{
    /// <summary>Counts a clinic's rows and replaces its figures.</summary>
    /// <param name="store">A connection of clinic_loader with the clinic's schema on its search path.</param>
    /// <param name="tenant">The clinic's key.</param>
    /// <param name="cancellation">Stops the count.</param>
    public async Task RefreshAsync(NpgsqlConnection store, string tenant, CancellationToken cancellation)
    {
        await store.SetAsync("embedstack.tenant", tenant, cancellation);
        await store.SetAsync(
            "embedstack.reporting_day", reportingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellation);
        await RemoveAsync(tenant, cancellation);
        await ShipAsync(store, SqlFiles.Read("daily_figures.sql"), network, "network_daily", cancellation);
        await ShipAsync(store, SqlFiles.Read("monthly_figures.sql"), network, "clinic_benchmarks", cancellation);
    }

    public async Task RemoveAsync(string tenant, CancellationToken cancellation)
    {
        await network.ExecuteAsync("delete from network_daily where tenant_id = $1", cancellation, tenant);
        await network.ExecuteAsync("delete from clinic_benchmarks where tenant_id = $1", cancellation, tenant);
    }

    /// <summary>Makes the network's average of the clinics' benchmarks.</summary>
    public Task AverageAsync(CancellationToken cancellation) =>
        network.ExecuteAsync(SqlFiles.Read("network_average.sql"), cancellation);

    /// <summary>Replaces a store's benchmarks: those of its own clinics, and the network's average.</summary>
    public async Task ShipBenchmarksAsync(NpgsqlConnection store, CancellationToken cancellation)
    {
        var clinics = await store.ListAsync<string>("select tenant_id from clinics", cancellation);
        await network.SetAsync("embedstack.tenants", string.Join(',', clinics), cancellation);
        await store.ExecuteAsync("delete from clinic_benchmarks", cancellation);
        await ShipAsync(
            network,
            """
            select * from clinic_benchmarks
            where scope = 'network' or tenant_id = any (string_to_array(current_setting('embedstack.tenants'), ','))
            """,
            store, "clinic_benchmarks", cancellation);
    }

    private static async Task ShipAsync(
        NpgsqlConnection from, string query, NpgsqlConnection to, string table, CancellationToken cancellation)
    {
        await using var rows = await from.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", cancellation);
        await using var copy = await to.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellation);
        await rows.CopyToAsync(copy, cancellation);
    }
}
