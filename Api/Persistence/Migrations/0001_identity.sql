create table api.data_protection_keys (
    name       text primary key,
    xml        text not null,
    created_at timestamptz not null default now()
);

create table api.sessions (
    key_hash     bytea primary key,
    id           uuid not null unique,
    subject      text not null,
    keycloak_sid text,
    ticket       bytea not null,
    tokens       bytea not null,
    created_at   timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at   timestamptz not null
);

create index on api.sessions (subject);
create index on api.sessions (keycloak_sid);
create index on api.sessions (expires_at);
