-- What erasing a person or a tenant takes of this schema, kept answers included, and what proves it: whole here, so that
-- what a later table adds goes into one later migration alone.
create or replace function api.forget_person(subject text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from api.sessions where sessions.subject = $1;
    delete from api.edge_grants where edge_grants.subject = $1;
    delete from api.saved_views where saved_views.subject = $1;
    delete from api.revoked_persons where revoked_persons.subject = $1;
    delete from api.persons where persons.subject = $1;
$$;

create or replace function api.forget_tenant(tenant text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from api.persons where persons.tenant = $1;
    delete from api.revoked_persons where revoked_persons.tenant = $1 and not by_leadership;
    delete from api.edge_grants where edge_grants.tenant = $1;
    delete from api.permalinks where permalinks.tenant = $1;
    delete from api.saved_views where saved_views.tenant = $1;
    delete from api.cache where split_part(key, ':', 2) = $1;
    delete from api.cache_drops where kind = 'tenant' and value = $1;
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
    select 'sessions', count(*) from api.sessions where sessions.subject = any ($2)
    union all
    select 'edge_grants', count(*) from api.edge_grants where edge_grants.tenant = $1 or edge_grants.subject = any ($2)
    union all
    select 'permalinks', count(*) from api.permalinks where permalinks.tenant = $1
    union all
    select 'saved_views', count(*) from api.saved_views where saved_views.tenant = $1 or saved_views.subject = any ($2)
    union all
    select 'cache', count(*) from api.cache where split_part(key, ':', 2) = $1
    union all
    select 'cache_drops', count(*) from api.cache_drops where kind = 'tenant' and value = $1;
$$;
