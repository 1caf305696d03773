-- Dashboards' states that persons keep by name, each of them for themselves and within one clinic.
create table api.saved_views (
    id        uuid        primary key,
    subject   text        not null,
    tenant    text        not null,
    dashboard text        not null,
    name      text        not null,
    filters   text,
    permalink text,
    saved_at  timestamptz not null default now(),
    unique (subject, tenant, dashboard, name)
);

create index on api.saved_views (tenant);
