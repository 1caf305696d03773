-- What stands behind browsers' tokens at the edge, and Superset's guest tokens for them, encrypted. Rows live for minutes.
create table api.edge_grants (
    id         uuid        primary key,
    session_id uuid        not null,
    subject    text        not null,
    tenant     text        not null,
    role       text        not null,
    staff_id   text,
    attributes jsonb       not null,
    dashboards text[]      not null,
    issued_at  timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);

create index on api.edge_grants (expires_at);

create trigger tell after update of revoked_at on api.edge_grants
    for each statement execute function shared.tell();

create table api.superset_tokens (
    key_hash   bytea       primary key,
    token      bytea       not null,
    signed_at  timestamptz not null,
    expires_at timestamptz not null
);

create index on api.superset_tokens (expires_at);
