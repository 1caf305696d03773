-- What was applied and loaded; out of the readers' sight.
create schema if not exists clinic_load;

create table if not exists clinic_load.scripts (
    name       text        primary key,
    sha256     text        not null,
    applied_at timestamptz not null default now()
);

-- One row: the load that stands in schema clinic.
create table if not exists clinic_load.loads (
    only_one     boolean     primary key default true check (only_one),
    fingerprint  text        not null,
    appointments bigint      not null,
    loaded_at    timestamptz not null default now(),
    announced_at timestamptz
);
