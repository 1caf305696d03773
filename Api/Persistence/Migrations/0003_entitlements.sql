-- A key's first roles come from the catalogue file; from then on this table decides.
create table api.dashboards (
    key        text primary key,
    created_at timestamptz not null default now()
);

create table api.entitlements (
    dashboard_key text not null references api.dashboards (key) on delete cascade,
    role          text not null check (role in ('admin', 'clinician', 'staff', 'network')),
    primary key (dashboard_key, role)
);

create function api.notify_entitlements() returns trigger language plpgsql as $$
begin
    perform pg_notify('entitlements', '');
    return null;
end
$$;

create trigger entitlements_changed after insert or update or delete on api.entitlements
    for each statement execute function api.notify_entitlements();
