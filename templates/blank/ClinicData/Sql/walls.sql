-- The wall in the database, for review: who may read, and which rows. It may be run again, by psql as well:
--
--     psql "$YOUR_DATABASE" --set ON_ERROR_STOP=1 --single-transaction --file walls.sql
--
-- Superset puts the guest's claims on each connection as app.tenant_id, app.role and app.staff_id; a claim that is missing,
-- empty or unknown matches no row. The sub-selects make Postgres read a claim once a query instead of once a row.

-- The readers: guests of embedded dashboards, and authors. They read, and nothing else. A role that was there before is made one,
-- as far as whoever runs this may; where it is still more than that, nothing is granted.
do $$
declare
    reader text;
    may    pg_roles%rowtype;
begin
    select * into may from pg_roles where rolname = current_user;
    foreach reader in array array['customer_reader', 'customer_author']
    loop
        if not exists (select from pg_roles where rolname = reader) then
            execute format('create role %I login', reader);
        end if;
        if may.rolsuper then
            execute format('alter role %I with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls', reader);
        end if;
        -- In the stack's own database the roles are database-setup's, which sees to the same.
        -- Since Postgres 16 making roles is not enough to alter one that somebody else made: it is held to what follows, as it is.
        if may.rolsuper or may.rolcreaterole then
            begin
                execute format('alter role %I reset all', reader);
                execute format('alter role %I in database %I reset all', reader, current_database());
                execute format('alter role %I set default_transaction_read_only = on', reader);
                execute format('alter role %I set statement_timeout = ''5min''', reader);
            exception when insufficient_privilege then
                raise notice 'role % stays as it is: % may not alter it', reader, current_user;
            end;
        end if;
        if exists (
            select from pg_roles
            where rolname = reader and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication))
        then
            raise exception 'role % is more than a reader: take its attributes away first', reader;
        end if;
        if exists (select from pg_auth_members where member = reader::regrole) then
            raise exception 'role % is a member of another role, and may do what that one may: revoke that first', reader;
        end if;
        execute format('grant usage on schema %I to %I', current_schema(), reader);
    end loop;
end
$$;

-- Each table has all of these statements, from here to the grant.
alter table orders enable row level security, force row level security;

drop policy if exists own_rows on orders;
create policy own_rows on orders for select to customer_reader, customer_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff')
);

-- Your application's own roles keep what they are granted.
drop policy if exists application on orders;
create policy application on orders using (
    (select current_user) not in ('customer_reader', 'customer_author')
);

-- What is not granted any more is taken back.
revoke all on orders from customer_reader, customer_author;
grant select (tenant_id, ordered_on, region, amount) on orders to customer_reader, customer_author;
