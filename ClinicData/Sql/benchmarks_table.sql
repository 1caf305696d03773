-- Averages per clinic and month without staff or patients; the network's rows name no clinic.
create table clinic_benchmarks (
    month                      date    not null,
    clinicians                 integer not null check (clinicians >= 5),
    tenant_id                  text collate "C"    check ((tenant_id is null) = (scope = 'network')),
    scope                      text    not null check (scope in ('clinic', 'network')),
    clinic_name                text    not null,
    appointments_per_clinician numeric,
    revenue_per_clinician      numeric,
    revenue_per_hour           numeric,
    no_show_rate               numeric,
    utilisation                numeric,
    outcome_rate               numeric,
    satisfaction               numeric
);
create unique index clinic_benchmarks_once on clinic_benchmarks (tenant_id, month) nulls not distinct;
