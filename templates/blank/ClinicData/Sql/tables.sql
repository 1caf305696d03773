-- The product's own tables, made at each start where they are missing. Yours come here, each with tenant_id; what readers may see
-- of them stands in walls.sql. A table that is there stays as it is: what changes it comes below it, as "alter table … if not exists".
-- One that refers to another does so "on delete cascade": the erasure of a tenant takes tables by the alphabet.
create table if not exists orders (
    order_id   bigint         generated always as identity primary key,
    tenant_id  text           not null check (tenant_id ~ '^[A-Za-z0-9_-]{1,56}$'),
    ordered_on date           not null,
    region     text           not null,
    amount     numeric(10, 2) not null check (amount >= 0)
);
create index if not exists orders_tenant on orders (tenant_id, ordered_on);
