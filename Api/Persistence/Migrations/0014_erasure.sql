-- Who erases a tenant takes its people out of this schema as well, and sees nothing else of it.
create or replace function api.forget_person(subject text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from api.sessions where sessions.subject = $1;
    delete from api.revoked_persons where revoked_persons.subject = $1;
    delete from api.persons where persons.subject = $1;
$$;

-- People who live on elsewhere: a refusal of theirs still stands, and no longer says whose they were.
create or replace function api.forget_tenant(tenant text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from api.persons where persons.tenant = $1;
    update api.revoked_persons set tenant = null where revoked_persons.tenant = $1;
$$;

create or replace function api.remembered(tenant text, subjects text[]) returns table (place text, remaining bigint)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select 'persons', count(*) from api.persons where persons.tenant = $1 or persons.subject = any ($2)
    union all
    select 'revoked_persons', count(*) from api.revoked_persons where revoked_persons.tenant = $1 or revoked_persons.subject = any ($2)
    union all
    select 'sessions', count(*) from api.sessions where sessions.subject = any ($2);
$$;

revoke all on function api.forget_person(text), api.forget_tenant(text), api.remembered(text, text[]) from public;
grant usage on schema api to clinic_loader;
grant execute on function api.forget_person(text), api.forget_tenant(text), api.remembered(text, text[]) to clinic_loader;
