create policy own_network on networks for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) = 'network'
);

create policy leadership on network_daily for select to clinic_reader, clinic_author using (
    (select current_setting('app.role', true)) = 'network'
    and exists (select from networks known where known.tenant_id = (select current_setting('app.tenant_id', true)))
);

create policy leadership on clinic_benchmarks for select to clinic_reader, clinic_author using (
    (select current_setting('app.role', true)) = 'network'
    and exists (select from networks known where known.tenant_id = (select current_setting('app.tenant_id', true)))
);
