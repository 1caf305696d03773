-- Who may connect where. PUBLIC connects nowhere, the server's own databases included.
do $$
declare
    name text;
begin
    for name in select datname from pg_database where datallowconn loop
        execute format('revoke all on database %I from public', name);
    end loop;
end
$$;

alter database keycloak owner to keycloak;
alter database superset owner to superset_meta;
alter database clinic owner to clinic_owner;

-- What tenants' own databases are copied from: empty, prepared as clinic is.
alter database clinic_template is_template true;

grant connect on database embedstack to superset_shared, api, audit_maintenance, clinic_loader;
grant connect on database clinic to clinic_reader, clinic_author;
--#if (clinics)
grant connect on database clinic to clinic_loader;
--#endif
