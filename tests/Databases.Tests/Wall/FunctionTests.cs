namespace EmbedStack.Databases.Tests.Wall;

/// <summary>Which functions readers and authors may call: parts of SQL itself, and those named here.</summary>
public class FunctionTests(Databases databases)
{
    // Asked of Postgres' catalogue: behind an operator, a cast or an index, an aggregate or a window function.
    private const string PartsOfSql =
        """
        exists (select from pg_operator where oprcode = routine.oid) or exists (select from pg_cast where castfunc = routine.oid)
        or exists (select from pg_amproc where amproc = routine.oid) or prokind in ('a', 'w')
        """;

    private static readonly string[] Reader =
    [
        "abs", "age", "array_position", "array_to_string", "btrim", "ceil", "ceiling", "char_length", "character_length",
        "col_description", "concat", "concat_ws", "current_database", "current_schema", "current_schemas", "current_setting",
        "date_bin", "date_part", "date_trunc", "div", "exp", "extract", "floor", "format_type", "generate_subscripts", "initcap",
        "isfinite", "json_build_object", "justify_days", "justify_hours", "justify_interval", "left", "length", "like_escape",
        "ln", "log", "lower", "ltrim", "make_date", "make_interval", "make_timestamp", "mod", "now", "obj_description",
        "pg_get_constraintdef", "pg_get_expr", "pg_get_indexdef", "pg_table_is_visible", "pg_type_is_visible", "position", "pow",
        "power", "regexp_match", "regexp_matches", "regexp_replace", "replace", "reverse", "right", "round", "rtrim", "scale",
        "sign", "similar_escape", "similar_to_escape", "split_part", "sqrt", "starts_with", "strpos", "substr", "substring",
        "timezone", "to_char", "to_date", "to_number", "to_timestamp", "translate", "trunc", "upper", "version", "width_bucket",
    ];

    private static readonly string[] AuthorToo =
    [
        "array_length", "array_lower", "array_upper", "cardinality", "format", "generate_series", "has_any_column_privilege",
        "has_column_privilege", "has_database_privilege", "has_schema_privilege", "has_sequence_privilege", "has_table_privilege",
        "has_type_privilege", "jsonb_build_object", "md5", "pg_column_is_updatable", "pg_encoding_to_char",
        "pg_function_is_visible", "pg_get_partkeydef", "pg_is_other_temp_schema", "pg_my_temp_schema", "pg_get_serial_sequence", "pg_get_userbyid", "pg_get_viewdef", "pg_has_role",
        "pg_relation_is_updatable", "quote_ident", "quote_literal", "quote_nullable", "row_to_json", "string_to_array", "to_json",
        "to_regclass", "to_regnamespace", "to_regtype", "unnest",
    ];

    public static TheoryData<string, string> RolesAndDatabases => new MatrixTheoryData<string, string>(
        ["clinic_reader", "clinic_author"], ["clinic", "clinic_template", "clinic_hurstville"]);

    [Theory]
    [MemberData(nameof(RolesAndDatabases))]
    public async Task NothingIsExecutableButWhatIsListed(string role, string database)
    {
        await using var server = await databases.OpenSuperuserAsync(database);
        var named = await server.ListAsync<string>(
            $"""
            select distinct proname::text from pg_proc routine
            where has_function_privilege('{role}', oid, 'execute') and pronamespace <> 'information_schema'::regnamespace and not ({PartsOfSql})
            """);

        var allowed = role == "clinic_reader" ? Reader : [.. Reader, .. AuthorToo];
        Assert.Empty(named.Except(allowed));
        Assert.Empty(allowed.Except(await server.ListAsync<string>(
            $"select distinct proname::text from pg_proc where has_function_privilege('{role}', oid, 'execute')")));
    }

    // A part of SQL itself must not be one of these either.
    [Theory]
    [MemberData(nameof(RolesAndDatabases))]
    public async Task WhatReachesBeyondTheQueryIsNeverExecutable(string role, string database)
    {
        await using var server = await databases.OpenSuperuserAsync(database);
        Assert.Empty(await server.ListAsync<string>(
            $"""
            select oid::regprocedure::text from pg_proc
            where has_function_privilege('{role}', oid, 'execute') and (
                proname ~ '_to_xml|^lo_|^lo(read|write)$|^pg_stat|^pg_ls_|^pg_read|_size$|^pg_sleep|advisory|^dblink|^pg_(cancel|terminate|reload|rotate|notify|logical|export|current)|^txid|nextval|setval|^set_config$|^pg_show|^pg_lock'
                or (proname in ('ts_stat', 'ts_rewrite') and proargtypes::oid[] @> array['text'::regtype::oid])
                or provolatile = 'v' and proname not in ('now'))
            """));
    }

    [Theory]
    [InlineData("clinic")]
    [InlineData("clinic_template")]
    [InlineData("clinic_hurstville")]
    public async Task PublicMayCallNothing(string database)
    {
        await using var server = await databases.OpenSuperuserAsync(database);
        Assert.Equal(0, await server.ScalarAsync<long>(
            """
            select count(*) from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) acl
            where acl.grantee = 0 and pronamespace <> pg_my_temp_schema()
            """));
    }

    [Fact]
    public async Task SetUpAgainChangesNoFunction()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        const string Written = "select max(xmin::text::bigint) from pg_proc";
        var before = await server.ScalarAsync<long>(Written);
        await databases.SetUpAsync();
        Assert.Equal(before, await server.ScalarAsync<long>(Written));
    }

    [Fact]
    public async Task DriftOfFunctionsIsCorrected()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic_hurstville");
        await server.ExecuteAsync(
            """
            grant execute on function set_config(text, text, boolean) to clinic_reader;
            grant execute on function pg_sleep(double precision) to public;
            revoke execute on function lower(text) from clinic_reader
            """);
        await databases.SetUpAsync();
        Assert.Equal(
            "false false true",
            await server.ScalarAsync<string>(
                """
                select concat_ws(' ', has_function_privilege('clinic_reader', 'set_config(text, text, boolean)', 'execute')::text,
                    has_function_privilege('clinic_reader', 'pg_sleep(double precision)', 'execute')::text,
                    has_function_privilege('clinic_reader', 'lower(text)', 'execute')::text)
                """));
    }

    // What charts, filters and time grains of the dashboards are made of.
    [Theory]
    [InlineData("select date_trunc('month', starts_at), count(*), sum(is_no_show)::float / nullif(sum(is_no_show) + sum(is_completed), 0) from appointment_facts where starts_at >= to_timestamp('2026-01-01 00:00:00.000000', 'YYYY-MM-DD HH24:MI:SS.US') group by 1 order by 2 desc limit 10")]
    [InlineData("select date_trunc('week', invoiced_on), sum(amount), avg(days_to_pay), round(sum(amount) * 60 / nullif(sum(clinical_minutes), 0), 2) from revenue_facts where invoiced_on >= to_date('2026-01-01', 'YYYY-MM-DD') group by 1")]
    [InlineData("select case when outcome = 'improved' then 'Improved' else initcap(outcome) end, percentile_cont(0.5) within group (order by score_after), count(distinct patient_id), stddev(score_before) from outcome_facts where service_name ilike '%consult%' and staff_name in ('x', 'y') is not null group by 1")]
    [InlineData("select concat(weekday, ' ', hour::text), count(*) filter (where status = 'completed'), row_number() over (order by count(*)), extract(dow from max(starts_at)) from appointment_facts group by weekday, hour having count(*) > 1")]
    [InlineData("select date_trunc('minute', starts_at) + interval '5 minute' * floor(extract(minute from starts_at) / 5), max(coalesce(fee, 0)), cast(avg(duration_minutes) as numeric(10, 2)) from appointment_facts group by 1 order by 1 limit 5")]
    [InlineData("select pg_catalog.version(), current_schema(), cast('test plain returns' as varchar(60))")]
    [InlineData("select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), pg_catalog.pg_get_expr(d.adbin, d.adrelid), a.attnotnull, pgd.description from pg_catalog.pg_attribute a left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum and a.atthasdef left join pg_catalog.pg_description pgd on pgd.objoid = a.attrelid and pgd.objsubid = a.attnum join pg_catalog.pg_class c on c.oid = a.attrelid where c.relname = 'appointment_facts' and pg_catalog.pg_table_is_visible(c.oid) and a.attnum > 0 and not a.attisdropped")]
    public async Task WhatDashboardsAskIsAnswered(string sql)
    {
        await using var reader = await databases.OpenReaderAsync("northside", "admin");
        await reader.ExecuteAsync(sql);
    }

    [Fact]
    public async Task AuthorsMayLookAround()
    {
        await using var author = await databases.OpenReaderAsync("northside", "admin", login: "clinic_author");
        Assert.Contains("appointment_facts", await author.ListAsync<string>(
            "select table_name::text from information_schema.tables where table_schema = 'clinic'"));
        Assert.Contains("fee", await author.ListAsync<string>(
            "select column_name::text from information_schema.columns where table_schema = 'clinic' and table_name = 'appointment_facts'"));
    }
}
