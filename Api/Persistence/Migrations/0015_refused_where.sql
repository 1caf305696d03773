-- A clinic's administrator refuses a person within that clinic, the network's leadership everywhere (*). Both may stand.
update api.revoked_persons set by_leadership = true where tenant is null;
alter table api.revoked_persons add column scope text not null generated always as (case when by_leadership then '*' else tenant end) stored;
alter table api.revoked_persons drop constraint revoked_persons_pkey;
alter table api.revoked_persons add primary key (subject, scope);

-- What a clinic's administrator refused means nothing once the clinic is gone.
create or replace function api.forget_tenant(tenant text) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
as $$
    delete from api.persons where persons.tenant = $1;
    delete from api.revoked_persons where revoked_persons.tenant = $1 and not by_leadership;
    update api.revoked_persons set tenant = null where revoked_persons.tenant = $1;
$$;
