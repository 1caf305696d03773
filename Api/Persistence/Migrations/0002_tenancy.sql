create table api.tenants (
    key        text primary key check (key ~ '^[A-Za-z0-9_-]{1,64}$'),
    name       text not null,
    kind       text not null check (kind in ('clinic', 'network')),
    isolation  text not null check (isolation in ('shared', 'schema', 'database')),
    created_at timestamptz not null default now()
);
