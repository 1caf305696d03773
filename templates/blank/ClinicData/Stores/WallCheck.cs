using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Asks as the reader does, before anybody else may: a wall that is not there stops the start.</summary>
/// <param name="reader">Connection of customer_reader.</param>
/// <param name="schema">Where the tables stand.</param>
/// <param name="log">Where it is said what was found.</param>
internal sealed class WallCheck(string reader, string schema, TextWriter log)
{
    private const string Next = "see CustomerData/Sql/walls.sql";

    /// <exception cref="CustomerDataException">The reader is no plain one, or reads a row without claims.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(reader);
        await connection.OpenAsync(cancellation);
        if (await connection.ScalarAsync<bool>(
            "select rolsuper or rolbypassrls or rolcreaterole or current_setting('transaction_read_only') <> 'on' from pg_roles where rolname = current_user", cancellation))
        {
            throw new CustomerDataException($"the reader is a superuser, passes row-level security, makes roles or writes; {Next}");
        }

        // By text: of the functions that take privileges apart, the reader may call none.
        var open = await connection.ListAsync<string>(
            """
            select relation.relname::text
            from pg_class relation join pg_namespace on pg_namespace.oid = relation.relnamespace
            where nspname = $1 and relation.relkind in ('r', 'p') and not (relation.relrowsecurity and relation.relforcerowsecurity)
              and (relation.relacl::text ~ $2
                or exists (select from pg_attribute where attrelid = relation.oid and attacl::text ~ $2))
            order by 1
            """,
            cancellation, schema, "[{,](customer_reader)?=[a-zA-Z*]*r");
        if (open.Count > 0)
        {
            throw new CustomerDataException($"without forced row-level security the reader sees all of {string.Join(", ", open)}; {Next}");
        }

        if (await connection.ScalarAsync<bool>("select exists (select tenant_id from orders)", cancellation))
        {
            throw new CustomerDataException($"without claims the reader sees rows of orders; {Next}");
        }

        log.WriteLine("walls: the reader is a plain one and sees nothing without claims");
    }
}
