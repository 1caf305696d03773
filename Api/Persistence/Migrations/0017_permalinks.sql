-- Embedded pages' states, each tenant's its own. As text: jsonb would order members and round numbers anew.
create table api.permalinks (
    key        text        primary key,
    tenant     text        not null,
    dashboard  uuid        not null,
    state      text        not null,
    created_at timestamptz not null default now(),
    used_at    timestamptz not null default now()
);

create index on api.permalinks (tenant);
