using EmbedStack.ClinicData.Loading;
using Npgsql;

namespace EmbedStack.ClinicData.Stores;

/// <summary>Looks for a value in every table of every clinic database that has the column, whatever made the table.</summary>
internal static class StoreSearch
{
    /// <summary>The databases of clinics there are, the shared one first.</summary>
    public static async Task<IReadOnlyList<string>> DatabasesAsync(ClinicServer server, CancellationToken cancellation)
    {
        await using var owner = await server.OpenOwnerAsync(Store.Shared.Database, cancellation);
        return await owner.ListAsync<string>(
            """
            select datname::text from pg_database
            where datdba = 'clinic_owner'::regrole and datallowconn and not datistemplate
            order by datname <> 'clinic', datname
            """,
            cancellation);
    }

    /// <summary>The schemas with a table of that name.</summary>
    public static Task<List<string>> SchemasWithAsync(NpgsqlConnection connection, string table, CancellationToken cancellation) =>
        connection.ListAsync<string>(
            """
            select nspname::text from pg_class join pg_namespace on pg_namespace.oid = relnamespace
            where relname = $1 and relkind in ('r', 'p') and nspname !~ '^(next|old)_[0-9a-f]{12}$' order by 1
            """,
            cancellation, table);

    /// <summary>
    /// Counts the rows with all these values. A table is searched that has the last of the columns; where it lacks
    /// another, what cannot be told apart is counted.
    /// </summary>
    public static async Task<IReadOnlyList<Remainder>> CountAsync(
        ClinicServer server, (string Column, object Value)[] key, CancellationToken cancellation)
    {
        var found = new List<Remainder>();
        foreach (var database in await DatabasesAsync(server, cancellation))
        {
            await using var loader = await server.OpenLoaderAsync(database, cancellation);
            var tables = await loader.ListAsync<string>(
                """
                select format('%I.%I', nspname, relname)
                from pg_class join pg_namespace on pg_namespace.oid = relnamespace
                join pg_attribute on attrelid = pg_class.oid and attname = $1 and not attisdropped
                where relkind in ('r', 'p') and not relispartition
                  and nspname not in ('pg_catalog', 'information_schema', 'clinic_load')
                order by 1
                """,
                cancellation, key[^1].Column);
            foreach (var table in tables)
            {
                var columns = await loader.ListAsync<string>(
                    "select attname::text from pg_attribute where attrelid = $1::regclass and attname = any ($2) and not attisdropped",
                    cancellation, table, key.Select(part => part.Column).ToArray());
                var parts = key.Where(part => columns.Contains(part.Column)).ToArray();
                var condition = string.Join(" and ", parts.Select((part, index) => $"{part.Column} = ${index + 1}"));
                var left = await loader.ScalarAsync<long>(
                    $"select count(*) from {table} where {condition}", cancellation, [.. parts.Select(part => part.Value)]);
                found.Add(new Remainder($"{database}.{table}", left));
            }
        }

        return found;
    }
}
