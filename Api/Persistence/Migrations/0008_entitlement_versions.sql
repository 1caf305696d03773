-- What the entitlements were before and after each change. Who made it stands in the audit, under its number.
create table api.entitlement_versions (
    version        bigint generated always as identity primary key,
    changed_at     timestamptz not null default now(),
    correlation_id text,
    before         jsonb not null,
    after          jsonb not null
);
