using Npgsql;

namespace EmbedStack.ClinicData.Loading;

/// <summary>Rows of clinics that the generator does not make: a new build takes them over from what stands.</summary>
/// <param name="loader">A connection of clinic_loader to the store's database.</param>
/// <param name="schema">What stands.</param>
/// <param name="generated">Keys of the clinics whose rows are made anew, or are erased.</param>
internal sealed class CarriedRows(NpgsqlConnection loader, string schema, string[] generated)
{
    private static readonly string[] Unpartitioned = ["clinics", "staff", "patients", "staff_assignments", "services", "payers"];

    private static readonly Dictionary<string, string> MonthOf = new()
    {
        ["appointments"] = "starts_at",
        ["invoices"] = "invoiced_on",
        ["payments"] = "paid_on",
        ["shifts"] = "worked_on",
        ["outcomes"] = "recorded_on",
    };

    private static readonly Dictionary<string, string> DayOf = new()
    {
        ["appointments"] = "appointment_date",
        ["shifts"] = "worked_on",
    };

    /// <summary>The months that the carried rows need, where there are any.</summary>
    public async Task<(DateOnly First, DateOnly Last)?> MonthsAsync(CancellationToken cancellation)
    {
        var days = new List<DateOnly>();
        foreach (var (table, column) in MonthOf)
        {
            if (await HasColumnAsync(table, column, cancellation))
            {
                days.AddRange(await loader.ListAsync<DateOnly>(
                    $"""
                    select day::date from (select min({column}) a, max({column}) z from {schema}.{table} where tenant_id <> all ($1)) range,
                        unnest(array[a, z]) day where day is not null
                    """,
                    cancellation, [generated]));
            }
        }

        return days.Count == 0 ? null : (days.Min(), days.Max());
    }

    /// <summary>Takes the rows over into the schema given; those that say how far ahead they are, of the day given.</summary>
    public async Task TakeOverAsync(string next, DateOnly reportingDay, CancellationToken cancellation)
    {
        // Whether a table stands is asked of the catalogue: of an empty schema the loader may not even ask by name.
        foreach (var table in Unpartitioned.Concat(MonthOf.Keys))
        {
            if (!await HasColumnAsync(table, "tenant_id", cancellation))
            {
                continue;
            }

            // A column that is new takes its default; one that is gone is left behind.
            var columns = await loader.ScalarAsync<string>(
                """
                select string_agg(format('%I', attname), ', ')
                from pg_attribute fresh
                where attrelid = format('%I.%I', $1, $3)::regclass and attnum > 0 and not attisdropped
                  and exists (
                    select from pg_attribute old
                    where old.attrelid = format('%I.%I', $2, $3)::regclass and old.attname = fresh.attname and not old.attisdropped)
                """,
                cancellation, next, schema, table);
            await loader.ExecuteAsync(
                $"insert into {next}.{table} ({columns}) select {columns} from {schema}.{table} where tenant_id <> all ($1)",
                cancellation, [generated]);
            if (DayOf.TryGetValue(table, out var day))
            {
                await loader.ExecuteAsync(
                    $"update {next}.{table} set days_ahead = {day} - $2 where tenant_id <> all ($1)", cancellation, generated, reportingDay);
            }
        }
    }

    private Task<bool> HasColumnAsync(string table, string column, CancellationToken cancellation) =>
        loader.ScalarAsync<bool>(
            """
            select exists (
                select from pg_attribute
                join pg_class on pg_class.oid = attrelid
                join pg_namespace on pg_namespace.oid = relnamespace
                where nspname = $1 and relname = $2 and attname = $3 and not attisdropped)
            """,
            cancellation, schema, table, column);
}
