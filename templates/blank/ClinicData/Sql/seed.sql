-- Rows to begin with, written once, and anew by the loader's --reseed: half a year of orders of two customers, the same rows on
-- every machine. One sells in four regions, one in three.
delete from orders;
insert into orders (tenant_id, ordered_on, region, amount)
select tenant_id, date '2026-01-05' + 7 * week + 2 * number as ordered_on, region,
       base + (week * 37 + number * 113 + length(region) * 29) % 250 + 0.5 * (week % 2)
from (values ('northside', 100, array['North', 'East', 'South', 'West']), ('harbour', 260, array['North', 'East', 'South']))
         as tenants (tenant_id, base, regions),
     unnest(regions) as region,
     generate_series(0, 25) as week,
     generate_series(0, 1) as number
where tenant_id not in (select key from erased_tenants)
order by ordered_on, tenant_id, region;
