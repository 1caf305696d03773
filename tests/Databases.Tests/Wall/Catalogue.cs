namespace EmbedStack.Databases.Tests.Wall;

public static class Catalogue
{
    /// <summary>Every relation outside Postgres' own catalogues that a role may read, partitions included.</summary>
    public static string ReadableRelations(string role) => Relations(role, "true");

    /// <summary>As above, those that no forced policy guards.</summary>
    public static string UnguardedRelations(string role) => Relations(
        role,
        """
        not case relkind
            when 'v' then coalesce('security_invoker=true' = any (reloptions), false)
            when 'm' then false
            when 'f' then false
            else relrowsecurity and relforcerowsecurity and not relispartition
                and exists (select from pg_policy where polrelid = pg_class.oid)
        end
        """);

    /// <summary>Everything that a role may execute, of all schemas, by name.</summary>
    public static string ExecutableFunctions(string role) =>
        $"select oid::regprocedure::text from pg_proc where has_function_privilege('{role}', oid, 'execute') order by 1";

    private static string Relations(string role, string condition) =>
        $"""
        select format('%I.%I', nspname, relname)
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_toast'
          and relkind in ('r', 'p', 'v', 'm', 'f')
          and has_schema_privilege('{role}', relnamespace, 'usage') and has_any_column_privilege('{role}', pg_class.oid, 'select')
          and {condition}
        order by 1
        """;
}
