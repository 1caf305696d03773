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
    kind       text        not null,
    value      text        not null,
    revoked_at timestamptz not null default now(),
    expires_at timestamptz,
    primary key (kind, value)
);
-- tenant_switch is a tenant's as well, written when it is disabled or enabled: neither touches what leadership revoked.
alter table shared.revocations drop constraint if exists revocations_kind_check;
-- What an earlier version wrote for a tenant that is disabled is lifted when it is enabled.
do $$
begin
    if to_regclass('shared.tenants') is not null then
        update shared.revocations set kind = 'tenant_switch' where kind = 'tenant' and expires_at is null
            and exists (select from shared.tenants where key = value and not enabled)
            and not exists (select from shared.revocations known where known.kind = 'tenant_switch' and known.value = revocations.value);
    end if;
end
$$;
alter table shared.revocations add constraint revocations_kind_check
    check (kind in ('session', 'token', 'tenant', 'tenant_switch', 'dashboard', 'all'));

-- The product's tenants and where each one's rows stand. The key is also the organization's alias at Keycloak; it is
-- eight characters short of what a claim may hold: staff ids are made of it.
create table if not exists shared.tenants (
    key        text        primary key check (key ~ '^[A-Za-z0-9_-]{1,56}$'),
    name       text        not null check (name <> ''),
    kind       text        not null check (kind in ('clinic', 'network')),
    isolation  text        not null check (isolation in ('shared', 'schema', 'database')),
    database   text        not null check (database ~ '^[a-z0-9_]{1,63}$'),
    schema     text        not null check (schema ~ '^[a-z0-9_]{1,63}$'),
    enabled    boolean     not null default true,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
);
alter table shared.tenants add column if not exists accent text check (accent ~ '^#[0-9a-f]{6}$');
comment on column shared.tenants.accent is 'the colour of the app for its people; null is the product''s own';
-- Leadership administers all tenants of the installation: of two networks' leaderships each would have the other's.
do $$
declare
    networks constant text[] := array(select key from shared.tenants where kind = 'network' order by created_at);
begin
    if cardinality(networks) > 1 then
        raise exception using message = 'an installation has one network, and this one has ' || array_to_string(networks, ', ')
            || ': delete all but one from shared.tenants';
    end if;
end
$$;
create unique index if not exists tenants_one_network on shared.tenants (kind) where kind = 'network';
create unique index if not exists tenants_own_store on shared.tenants (database, schema) where isolation <> 'shared';

-- Who may see which dashboard. The Api gives a new key of the catalogue its first entitlements; from then on they are
-- data. Tenant * is every tenant; under conditions a person needs one of the values for each name, for example
-- {"region": ["nsw"], "department": ["cardiology", "surgery"]}.
create table if not exists shared.dashboards (
    key        text        primary key check (key ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
    enabled    boolean     not null default true,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
);

create table if not exists shared.entitlements (
    dashboard_key text  not null references shared.dashboards on delete cascade,
    role          text  not null check (role in ('admin', 'clinician', 'staff', 'network')),
    tenant        text  not null default '*' check (tenant ~ '^(\*|[A-Za-z0-9_-]{1,56})$'),
    conditions    jsonb not null default '{}' check (jsonb_typeof(conditions) = 'object'),
    primary key (dashboard_key, role, tenant)
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
create or replace trigger tell after insert or update or delete or truncate on shared.tenants
    for each statement execute function shared.tell();
create or replace trigger tell after insert or update or delete or truncate on shared.dashboards
    for each statement execute function shared.tell();
create or replace trigger tell after insert or update or delete or truncate on shared.entitlements
    for each statement execute function shared.tell();

-- A tenant that is disabled takes its tokens with it, whoever disabled it; what was minted before stays refused once it
-- is enabled again. Rows outlast the longest life of a token: 15 minutes, an issuer's a day.
create or replace function shared.revoke_tenant() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog
as $$
declare
    name text := case tg_op when 'DELETE' then old.key else new.key end;
    ends timestamptz := case when tg_op = 'DELETE' or new.enabled then clock_timestamp() + interval '25 hours' end;
begin
    insert into shared.revocations (kind, value, revoked_at, expires_at) values ('tenant_switch', name, clock_timestamp(), ends)
    on conflict (kind, value) do update set revoked_at = excluded.revoked_at, expires_at = excluded.expires_at;
    return null;
end
$$;

create or replace trigger revoke_changed after update of enabled on shared.tenants
    for each row when (old.enabled <> new.enabled) execute function shared.revoke_tenant();
create or replace trigger revoke_deleted after delete on shared.tenants
    for each row execute function shared.revoke_tenant();

revoke all on all tables in schema shared from superset_shared, api, audit_maintenance, clinic_loader;
grant usage on schema shared to superset_shared, api, clinic_loader;
grant select, insert, update, delete on shared.catalog_ids, shared.data_version to superset_shared;
grant select on shared.revocations to superset_shared;
grant select on shared.catalog_ids, shared.data_version to api;
grant select, insert, update, delete on shared.revocations to api;
grant select on shared.tenants to superset_shared, api;
grant update (enabled, changed_at) on shared.tenants to api;
grant select on shared.dashboards, shared.entitlements to superset_shared;
grant select, insert, update, delete on shared.dashboards, shared.entitlements to api;
grant select, insert, update, delete on shared.tenants to clinic_loader;
grant select, insert, update on shared.data_version to clinic_loader;
-- Who erases a tenant takes its grants away and proves it.
grant select (tenant), delete on shared.entitlements to clinic_loader;

create schema if not exists api authorization api;
alter schema api owner to api;
