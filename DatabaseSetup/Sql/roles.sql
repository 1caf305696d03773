-- One login role a consumer. None is a superuser, goes past row level security or makes databases, but for those named below.
do $$
declare
    name    text;
    granted text;
begin
    foreach name in array array[
        'keycloak', 'superset_meta', 'superset_shared', 'api', 'audit_maintenance',
        'clinic_owner', 'clinic_loader', 'clinic_reader', 'clinic_author']
    loop
        if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I', name);
        end if;
        execute format('alter role %I with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls', name);
        execute format('alter role %I reset all', name);

        -- A membership would hand on what the other role may do.
        for granted in
            select pg_get_userbyid(roleid) from pg_auth_members where pg_get_userbyid(member) = name
        loop
            execute format('revoke %I from %I', granted, name);
        end loop;
    end loop;
end
$$;

--#if (clinics)
-- The loader writes rows of every clinic, the owner makes a database for each tenant that has its own.
alter role clinic_loader bypassrls;
alter role clinic_owner createdb;

--#endif
alter role clinic_owner set search_path = clinic;
alter role clinic_loader set search_path = clinic;

alter role clinic_reader set search_path = clinic;
alter role clinic_reader set default_transaction_read_only = on;
alter role clinic_reader set statement_timeout = '5min';

alter role clinic_author set search_path = clinic;
alter role clinic_author set default_transaction_read_only = on;
alter role clinic_author set statement_timeout = '5min';

-- For this session: the server itself quotes names and values into a statement that takes no parameters.
create function pg_temp.set_password(role text, verifier text) returns void
    language plpgsql
as $$
begin
    execute format('alter role %I password %L', role, verifier);
end
$$;
