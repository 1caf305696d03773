namespace EmbedStack.Databases.Tests.Wall;

public static class Catalogue
{
    /// <summary>Every relation outside Postgres' own catalogues that the current role may read, partitions included.</summary>
    public const string ReadableRelations =
        """
        select format('%I.%I', nspname, relname)
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_toast'
          and relkind in ('r', 'p', 'v', 'm', 'f') and has_any_column_privilege(pg_class.oid, 'select')
        order by 1
        """;

    /// <summary>As above for a named role, those that no policy guards.</summary>
    public static string UnguardedRelations(string role) =>
        $"""
        select format('%I.%I', nspname, relname)
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_toast'
          and relkind in ('r', 'p', 'v', 'm', 'f') and has_any_column_privilege('{role}', pg_class.oid, 'select')
          and not case relkind
              when 'v' then coalesce('security_invoker=true' = any (reloptions), false)
              when 'm' then false
              when 'f' then false
              else relrowsecurity and relforcerowsecurity
                  and exists (select from pg_policy where polrelid = pg_class.oid)
          end
        """;
}
