create table api.audit_events (
    id             bigint generated always as identity primary key,
    at             timestamptz not null default now(),
    kind           text not null,
    outcome        text not null check (outcome in ('allowed', 'refused')),
    reason         text,
    subject        text,
    session_id     uuid,
    tenant         text,
    role           text,
    dashboards     text[],
    rule_datasets  text[],
    rule_count     integer,
    token_sha256   text check (token_sha256 ~ '^[0-9a-f]{64}$'),
    address        inet,
    user_agent     text,
    correlation_id text
);

create index on api.audit_events (at);
create index on api.audit_events (tenant, at);

create function api.refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit events are append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_append_only before update or delete or truncate on api.audit_events
    for each statement execute function api.refuse_audit_change();
