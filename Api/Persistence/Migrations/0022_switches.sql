-- Each time that a dashboard was switched on or off. Who did it stands in the audit, under its number.
create table api.dashboard_switches (
    version    bigint generated always as identity primary key,
    changed_at timestamptz not null default now(),
    key        text not null,
    enabled    boolean not null
);
