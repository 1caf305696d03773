-- What was built, loaded and erased; out of the readers' sight. In every database of clinics.
create schema if not exists clinic_load;

-- The definition (hash of these files) by which each schema of this database was built.
create table if not exists clinic_load.stores (
    schema     text        primary key,
    definition text        not null,
    built_at   timestamptz not null default now()
);

-- One row: the load that stands. The reporting day is "today" of its rows.
create table if not exists clinic_load.loads (
    only_one      boolean     primary key default true check (only_one),
    fingerprint   text        not null,
    appointments  bigint      not null,
    loaded_at     timestamptz not null default now(),
    announced_at  timestamptz
);
alter table clinic_load.loads add column if not exists reporting_day date not null default current_date;
-- Set while a load replaces this one, which one transaction a database does: who finds it set finishes what was stopped.
alter table clinic_load.loads add column if not exists replaced_since timestamptz;
drop table if exists clinic_load.scripts;

-- Whom a new load must not bring back.
create table if not exists clinic_load.erased_tenants (
    key       text        primary key,
    erased_at timestamptz not null default now()
);
create table if not exists clinic_load.erased_patients (
    patient_id bigint      not null,
    erased_at  timestamptz not null default now()
);
-- A number is one clinic's. Rows from before that was kept here mean the demo's clinics, whose numbers differ.
alter table clinic_load.erased_patients add column if not exists tenant_id text collate "C" not null default '*';
alter table clinic_load.erased_patients alter column tenant_id drop default;
alter table clinic_load.erased_patients drop constraint if exists erased_patients_pkey;
create unique index if not exists erased_patients_once on clinic_load.erased_patients (tenant_id, patient_id);

grant usage on schema clinic_load to clinic_loader;
grant select, insert, update, delete on all tables in schema clinic_load to clinic_loader;
