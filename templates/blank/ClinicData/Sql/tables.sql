-- The product's own tables. Yours come here, each with tenant_id; what readers may see of them stands in walls.sql.
create table orders (
    order_id   bigint         generated always as identity primary key,
    tenant_id  text           not null check (tenant_id ~ '^[A-Za-z0-9_-]{1,56}$'),
    ordered_on date           not null,
    region     text           not null,
    amount     numeric(10, 2) not null check (amount >= 0)
);
create index orders_tenant on orders (tenant_id, ordered_on);

-- Tenants that were erased: no start brings them back.
create table erased_tenants (
    key text primary key
);
