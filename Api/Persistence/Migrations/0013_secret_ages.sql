-- Since when each secret has its value, as audited: what rotates while no instance runs is audited by the next one.
create table api.secret_ages (
    name  text primary key,
    since timestamptz not null
);
