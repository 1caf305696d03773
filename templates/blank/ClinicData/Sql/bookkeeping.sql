-- Tenants that were erased: no start brings them back. left_in is a database of yours in which their rows were not deleted.
create table if not exists erased_tenants (
    key     text primary key,
    left_in text
);
alter table erased_tenants add column if not exists left_in text;
