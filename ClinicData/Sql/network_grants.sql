grant select on network_daily, clinic_benchmarks to clinic_reader, clinic_author;
grant select (tenant_id) on networks to clinic_reader, clinic_author;
