-- What Superset (Python) and the Api (.NET) share. Writers are few; readers are told by NOTIFY and read again.
revoke all on schema public from public;
create schema if not exists shared;

create table if not exists shared.catalog_ids (
    kind       text        not null check (kind in ('dashboard', 'dataset', 'chart')),
    key        text        not null,
    uuid       uuid        not null,
    id         integer     not null,
    datasets   text[],
    updated_at timestamptz not null default now(),
    primary key (kind, key)
);
comment on column shared.catalog_ids.datasets is
    'dashboards: keys of all datasets that its charts and filters reach';

create table if not exists shared.data_version (
    name       text        primary key,
    version    bigint      not null default 1,
    changed_at timestamptz not null default now()
);

create table if not exists shared.revocations (
    kind       text        not null check (kind in ('session', 'tenant', 'dashboard', 'all')),
    value      text        not null,
    revoked_at timestamptz not null default now(),
    expires_at timestamptz,
    primary key (kind, value)
);

create or replace function shared.tell() returns trigger
    language plpgsql
    set search_path = pg_catalog
as $$
begin
    perform pg_notify(tg_table_name::text, '');
    return null;
end
$$;

create or replace trigger tell after insert or update or delete or truncate on shared.catalog_ids
    for each statement execute function shared.tell();
create or replace trigger tell after insert or update or delete or truncate on shared.data_version
    for each statement execute function shared.tell();
create or replace trigger tell after insert or update or delete or truncate on shared.revocations
    for each statement execute function shared.tell();

revoke all on all tables in schema shared from superset_shared, api, audit_maintenance;
grant usage on schema shared to superset_shared, api;
grant select, insert, update, delete on shared.catalog_ids, shared.data_version to superset_shared;
grant select on shared.revocations to superset_shared;
grant select on shared.catalog_ids, shared.data_version to api;
grant select, insert, delete on shared.revocations to api;

create schema if not exists api authorization api;
alter schema api owner to api;
