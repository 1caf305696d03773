-- What pages ask when they open: asked ahead in each clinic's place after its rows have changed.
create table if not exists api.warm_questions (
    dashboard text        not null,
    hash      bytea       not null,
    locale    text        not null,
    body      bytea       not null,
    asked     bigint      not null default 1,
    asked_at  timestamptz not null default now(),
    primary key (dashboard, hash)
);
