-- Objects stand in schema clinic alone; public is left empty and closed.
create schema if not exists clinic authorization clinic_owner;
alter schema clinic owner to clinic_owner;
alter schema public owner to current_user;
revoke all on schema public from public, pg_database_owner;

-- What one expression inside a SELECT could use to get past the policies or at other people's queries:
-- change a claim, run a second statement, read query texts, stop or block other sessions, store, stall.
do $$
declare
    routine regprocedure;
begin
    for routine in
        select oid
        from pg_proc
        where pronamespace in ('pg_catalog'::regnamespace, 'public'::regnamespace)
          and (proname in (
                'set_config', 'pg_stat_get_activity', 'pg_stat_get_backend_activity', 'pg_notify',
                'pg_cancel_backend', 'pg_terminate_backend', 'pg_logical_emit_message', 'pg_export_snapshot')
            or proname like any (array[
                'query\_to\_xml%', 'table\_to\_xml%', 'schema\_to\_xml%', 'database\_to\_xml%', 'cursor\_to\_xml%',
                'pg\_sleep%', 'lo\_%', 'loread', 'lowrite', 'pg\_advisory%', 'pg\_try\_advisory%', 'dblink%'])
            or (proname = 'ts_stat' and proargtypes[0] = 'text'::regtype)
            or (proname = 'ts_rewrite' and proargtypes[1] = 'text'::regtype))
    loop
        execute format('revoke execute on function %s from public', routine);
    end loop;
end
$$;
