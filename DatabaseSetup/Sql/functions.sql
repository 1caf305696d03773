-- Which functions the roles of a clinic database may call. Guests' and authors' expressions become part of a SELECT,
-- and one function is enough to get past rules and policies (set_config, query_to_xml), at other people's queries
-- (pg_stat_get_activity) or sizes (pg_relation_size), or to block and stall (pg_advisory_lock, pg_sleep). So PUBLIC
-- keeps none, and readers and authors those of this list.
create temporary table allowed (grantee oid not null, routine oid not null) on commit drop;

-- Owner and loader: what PUBLIC has in a database that was just made.
insert into allowed
select grantee::oid, routine.oid
from pg_proc routine, unnest(array['clinic_owner', 'clinic_loader']::regrole[]) grantee
where routine.pronamespace in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  and not exists (
    select from pg_init_privs initial
    where initial.classoid = 'pg_proc'::regclass and initial.objoid = routine.oid
      and not exists (select from aclexplode(initial.initprivs) acl where acl.grantee = 0 and acl.privilege_type = 'EXECUTE'));

-- Reader and author: what SQL itself is made of.
insert into allowed
select distinct grantee::oid, routine
from (
    select oprcode::oid as routine from pg_operator where oprnamespace = 'pg_catalog'::regnamespace and oprcode <> 0
    union all
    select castfunc from pg_cast where castfunc <> 0
    union all
    select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace and prokind in ('a', 'w')
    union all
    select amproc from pg_amproc
    join pg_opfamily on pg_opfamily.oid = amprocfamily
    join pg_am on pg_am.oid = opfmethod and amname in ('btree', 'hash')
) parts
join pg_proc on pg_proc.oid = routine and pronamespace = 'pg_catalog'::regnamespace,
unnest(array['clinic_reader', 'clinic_author']::regrole[]) grantee;

insert into allowed
select distinct grantee::oid, pg_proc.oid
from pg_proc, unnest(array['clinic_reader', 'clinic_author']::regrole[]) grantee
where pronamespace = 'pg_catalog'::regnamespace and proname = any (array[
    -- what the policies ask, and what is asked by a client that connects
    'current_setting', 'version', 'current_schema', 'current_schemas', 'current_database',
    -- time grains, ranges and formats
    'date_trunc', 'date_bin', 'date_part', 'extract', 'to_timestamp', 'to_date', 'to_char', 'to_number', 'age', 'now',
    'timezone', 'make_date', 'make_timestamp', 'make_interval', 'justify_days', 'justify_hours', 'justify_interval', 'isfinite',
    -- numbers
    'abs', 'ceil', 'ceiling', 'floor', 'round', 'trunc', 'sign', 'mod', 'div', 'power', 'pow', 'sqrt', 'exp', 'ln', 'log',
    'width_bucket', 'scale',
    -- text
    'lower', 'upper', 'initcap', 'length', 'char_length', 'character_length', 'btrim', 'ltrim', 'rtrim', 'left', 'right',
    'substr', 'substring', 'position', 'strpos', 'replace', 'translate', 'split_part', 'concat', 'concat_ws', 'reverse',
    'starts_with', 'like_escape', 'similar_escape', 'similar_to_escape', 'regexp_replace', 'regexp_matches', 'regexp_match',
    -- columns of a dataset, as SQLAlchemy asks for them
    'pg_table_is_visible', 'pg_type_is_visible', 'format_type', 'pg_get_expr', 'pg_get_constraintdef', 'pg_get_indexdef',
    'col_description', 'obj_description', 'generate_subscripts', 'array_position', 'array_to_string', 'json_build_object']);

-- Authors look around in what they may read.
insert into allowed
select distinct 'clinic_author'::regrole::oid, pg_proc.oid
from pg_proc
where pronamespace = 'pg_catalog'::regnamespace and proname = any (array[
        'has_schema_privilege', 'has_table_privilege', 'has_column_privilege', 'has_any_column_privilege',
        'has_database_privilege', 'has_sequence_privilege', 'has_type_privilege', 'pg_has_role', 'quote_ident', 'quote_literal',
        'quote_nullable', 'format', 'to_regclass', 'to_regtype', 'to_regnamespace', 'pg_get_viewdef', 'pg_get_userbyid',
        'pg_get_partkeydef', 'pg_get_serial_sequence', 'pg_relation_is_updatable', 'pg_column_is_updatable',
        'pg_function_is_visible', 'pg_is_other_temp_schema', 'pg_my_temp_schema', 'pg_encoding_to_char', 'unnest', 'array_length', 'cardinality', 'array_upper', 'array_lower',
        'string_to_array', 'generate_series', 'md5', 'row_to_json', 'to_json', 'jsonb_build_object'])
   or pronamespace = 'information_schema'::regnamespace;

-- From what is to what is wanted; nothing is touched where both agree.
do $$
declare
    change text;
begin
    for change in
        with present as (
            select acl.grantee, routine.oid as routine
            from pg_proc routine, aclexplode(coalesce(routine.proacl, acldefault('f', routine.proowner))) acl
            where acl.grantee <> routine.proowner and acl.privilege_type = 'EXECUTE'
              and routine.pronamespace <> pg_my_temp_schema()
        )
        select format('revoke execute on routine %s from %s',
            string_agg(routine::regprocedure::text, ', '),
            case grantee when 0 then 'public' else grantee::regrole::text end)
        from (select * from present except select * from allowed) surplus group by grantee
        union all
        select format('grant execute on routine %s to %s', string_agg(routine::regprocedure::text, ', '), grantee::regrole)
        from (select * from allowed except select * from present) missing group by grantee
    loop
        execute change;
    end loop;
end
$$;
