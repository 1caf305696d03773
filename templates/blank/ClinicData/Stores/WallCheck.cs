using EmbedStack.CustomerData.Loading;
using Npgsql;

namespace EmbedStack.CustomerData.Stores;

/// <summary>Asks as a reader does, before anybody else may: a wall that is not there stops the start.</summary>
/// <param name="login">Connection of customer_reader or customer_author, without claims.</param>
/// <param name="log">Where it is said what was found.</param>
internal sealed class WallCheck(string login, TextWriter log)
{
    private const string Next = "see CustomerData/Sql/walls.sql";

    // What a reader may select from, by catalogue and text alone: of the functions that take privileges apart, it may call none.
    // An extension's own relations hold none of the product's rows.
    private const string Readable =
        """
        with me as (select oid from pg_roles where rolname = current_user)
        select array[nspname::text, relname::text, (
            case relkind
                when 'r' then relrowsecurity and relforcerowsecurity
                when 'p' then relrowsecurity and relforcerowsecurity
                when 'v' then coalesce(reloptions::text ~ 'security_invoker=(true|on|yes|1)\M', false)
                else false
            end and relowner <> me.oid)::text]
        from pg_class relation
        join pg_namespace on pg_namespace.oid = relnamespace
        cross join me
        where relkind in ('r', 'p', 'v', 'm', 'f')
          and nspname not in ('pg_catalog', 'information_schema')
          and (nspowner = me.oid or nspacl::text ~ $1)
          and (relowner = me.oid
            or relacl::text ~ $2
            or exists (select from pg_attribute where attrelid = relation.oid and attnum > 0 and attacl::text ~ $2))
          and not exists (select from pg_depend where objid = relation.oid and classid = 'pg_class'::regclass and deptype = 'e')
        order by 1
        """;

    /// <exception cref="CustomerDataException">The login is more than a reader, or reads rows without claims.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var name = new NpgsqlConnectionStringBuilder(login).Username;
        await using var connection = new NpgsqlConnection(login);
        await connection.OpenAsync(cancellation);
        if (await connection.ScalarAsync<bool>(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or current_setting('transaction_read_only') <> 'on' from pg_roles where rolname = current_user", cancellation))
        {
            throw new CustomerDataException($"{name} is a superuser, passes row-level security, makes roles or databases, or writes; {Next}");
        }

        if (await connection.ScalarAsync<bool>("select exists (select from pg_auth_members join pg_roles on pg_roles.oid = member where rolname = current_user)", cancellation))
        {
            throw new CustomerDataException($"{name} is a member of another role, and may do what that one may; {Next}");
        }

        using var quoting = new NpgsqlCommandBuilder();
        var readable = (await connection.ListAsync<string[]>(Readable, cancellation, Granted("U"), Granted("r")))
            .Select(row => (Name: $"{row[0]}.{row[1]}", Quoted: $"{quoting.QuoteIdentifier(row[0])}.{quoting.QuoteIdentifier(row[1])}", IsWalled: row[2] == "true"))
            .ToArray();
        Refuse([.. readable.Where(relation => !relation.IsWalled).Select(relation => relation.Name)], "all of");

        var open = new List<string>();
        foreach (var relation in readable)
        {
            try
            {
                if (await connection.ScalarAsync<bool>($"select exists (select from {relation.Quoted})", cancellation))
                {
                    open.Add(relation.Name);
                }
            }
            catch (PostgresException problem)
            {
                throw new CustomerDataException($"{name} cannot ask {relation.Name}: {problem.MessageText}; {Next}");
            }
        }

        Refuse(open, "rows without claims of");
        log.WriteLine($"walls: {name} reads {(readable.Length == 0 ? "nothing" : string.Join(", ", readable.Select(relation => relation.Name)))}, and no row without claims");

        // To it by name, or to everybody; in quotes where the grantor's name has to be.
        string Granted(string privilege) => $"[{{,]\"?({name})?=[a-zA-Z*]*{privilege}";

        void Refuse(IReadOnlyList<string> relations, string seen)
        {
            if (relations.Count > 0)
            {
                throw new CustomerDataException($"{name} sees {seen} {string.Join(", ", relations)}: not behind forced row-level security with the claims' policy; {Next}");
            }
        }
    }
}
