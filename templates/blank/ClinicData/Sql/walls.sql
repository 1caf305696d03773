-- The wall in the database, for review: who may read, and which rows. It may be run again, by psql as well:
--
--     psql "$YOUR_DATABASE" --set ON_ERROR_STOP=1 --single-transaction --file walls.sql
--
-- Superset puts the guest's claims on each connection as app.tenant_id, app.role and app.staff_id; a claim that is missing,
-- empty or unknown matches no row. The sub-selects make Postgres read a claim once a query instead of once a row.

-- The readers: guests of embedded dashboards, and authors. They read, and nothing else.
do $$
declare
    reader text;
begin
    foreach reader in array array['customer_reader', 'customer_author']
    loop
        if not exists (select from pg_roles where rolname = reader) then
            execute format('create role %I login nosuperuser nocreatedb nocreaterole noreplication nobypassrls', reader);
            execute format('alter role %I set default_transaction_read_only = on', reader);
            execute format('alter role %I set statement_timeout = ''5min''', reader);
        end if;
        execute format('grant usage on schema %I to %I', current_schema(), reader);
    end loop;
end
$$;

-- A table that has no wall yet comes here, with all four statements.
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
