-- What instances share of answers to embedded pages, and which of them asks for one that none has. Unlogged: both are worth
-- nothing after a crash, and Postgres empties them then.
create unlogged table api.cache (
    key        text        primary key,
    value      bytea       not null,
    expires_at timestamptz not null,
    sliding    interval,
    stored_at  timestamptz not null
);
alter table api.cache alter column value set storage external;
create index on api.cache (expires_at);

create unlogged table api.cache_flights (
    key        text        primary key,
    owner      uuid        not null,
    expires_at timestamptz not null
);

-- How often what is kept of somebody or something was dropped on demand. It stands in the key of every answer.
create table api.cache_drops (
    kind       text        not null check (kind in ('tenant', 'dataset', 'dashboard', 'all')),
    value      text        not null,
    version    bigint      not null default 1,
    dropped_at timestamptz not null default now(),
    primary key (kind, value)
);

create trigger tell after insert or update or delete or truncate on api.cache_drops
    for each statement execute function shared.tell();
