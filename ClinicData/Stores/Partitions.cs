using System.Globalization;
using System.Text;
using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>One partition a month.</summary>
internal static class Partitions
{
    /// <summary>How many months beyond the reporting day's have a partition before anybody books in them.</summary>
    public const int MonthsAhead = 3;

    /// <summary>Makes the partitions that are missing, of a table on the search path, both months included.</summary>
    public static async Task EnsureAsync(
        NpgsqlConnection owner, string table, DateOnly first, DateOnly last, CancellationToken cancellation, bool building = false)
    {
        // While rows pour in, the server's own analyses are work for nothing: a build ends with one.
        var options = building ? " with (autovacuum_enabled = false)" : "";
        var sql = new StringBuilder();
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            sql.AppendLine(
                CultureInfo.InvariantCulture,
                $"""
                create table if not exists {table}_{month:yyyy_MM} partition of {table}
                    for values from ('{month:yyyy-MM-dd}') to ('{month.AddMonths(1):yyyy-MM-dd}'){options};
                """);
        }

        await owner.ExecuteAsync(sql.ToString(), cancellation);
    }
}
