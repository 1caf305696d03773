-- Persons who are refused until that is lifted, and the tenant that each person was last seen in: an administrator may
-- refuse those of the own tenant alone.
create table api.revoked_persons (
    subject    text primary key,
    tenant     text,
    revoked_at timestamptz not null default now()
);

create table api.persons (
    subject text primary key,
    tenant  text not null,
    seen_at timestamptz not null default now()
);

create trigger tell after insert or update or delete or truncate on api.revoked_persons
    for each statement execute function shared.tell();
