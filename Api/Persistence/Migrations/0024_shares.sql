-- Whose a permalink is: each person has a share of the tenant's. Whether a session has a page open is asked by its id.
alter table api.permalinks add column subject text;
create index on api.permalinks (tenant, subject, used_at);
drop index api.permalinks_tenant_idx;
create index on api.edge_grants (session_id);

-- What instances still hold of an erased person's tokens is refused by the sessions, which are gone with what named the person.
create or replace function api.forget_person(subject text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into shared.revocations (kind, value, revoked_at, expires_at)
    select 'session', id::text, now() + interval '15 seconds', now() + interval '20 minutes' from (
        select id from api.sessions where sessions.subject = $1
        union select session_id from api.edge_grants where edge_grants.subject = $1) ended (id)
    on conflict (kind, value) do update set revoked_at = excluded.revoked_at, expires_at = excluded.expires_at;
    delete from api.sessions where sessions.subject = $1;
    delete from api.edge_grants where edge_grants.subject = $1;
    delete from api.saved_views where saved_views.subject = $1;
    delete from api.revoked_persons where revoked_persons.subject = $1;
    delete from api.persons where persons.subject = $1;
    update api.permalinks set subject = null where permalinks.subject = $1;
$$;

create or replace function api.remembered(tenant text, subjects text[]) returns table (place text, remaining bigint)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select 'persons', count(*) from api.persons where persons.tenant = $1 or persons.subject = any ($2)
    union all
    select 'revoked_persons', count(*) from api.revoked_persons where revoked_persons.tenant = $1 or revoked_persons.subject = any ($2)
    union all
    select 'sessions', count(*) from api.sessions where sessions.subject = any ($2)
    union all
    select 'edge_grants', count(*) from api.edge_grants where edge_grants.tenant = $1 or edge_grants.subject = any ($2)
    union all
    select 'permalinks', count(*) from api.permalinks where permalinks.tenant = $1 or permalinks.subject = any ($2)
    union all
    select 'saved_views', count(*) from api.saved_views where saved_views.tenant = $1 or saved_views.subject = any ($2)
    union all
    select 'cache', count(*) from api.cache where split_part(key, ':', 2) = $1
    union all
    select 'cache_drops', count(*) from api.cache_drops where kind = 'tenant' and value = $1;
$$;
