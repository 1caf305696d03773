-- The wall in the database. Superset puts the guest's claims on each connection as app.tenant_id, app.role and
-- app.staff_id; a claim that is missing, empty or unknown matches no row. The sub-selects make Postgres read a
-- claim once a query instead of once a row.
alter table clinic.clinics enable row level security;
alter table clinic.clinics force row level security;
alter table clinic.staff enable row level security;
alter table clinic.staff force row level security;
alter table clinic.patients enable row level security;
alter table clinic.patients force row level security;
alter table clinic.staff_assignments enable row level security;
alter table clinic.staff_assignments force row level security;
alter table clinic.services enable row level security;
alter table clinic.services force row level security;
alter table clinic.appointments enable row level security;
alter table clinic.appointments force row level security;

drop policy if exists own_clinic on clinic.clinics;
create policy own_clinic on clinic.clinics for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff', 'clinician')
);

drop policy if exists own_clinic on clinic.services;
create policy own_clinic on clinic.services for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff', 'clinician')
);

drop policy if exists own_clinic on clinic.staff;
create policy own_clinic on clinic.staff for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

drop policy if exists own_clinic on clinic.staff_assignments;
create policy own_clinic on clinic.staff_assignments for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

drop policy if exists own_clinic on clinic.patients;
create policy own_clinic on clinic.patients for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and exists (
                select from clinic.staff_assignments assigned
                where assigned.tenant_id = patients.tenant_id
                  and assigned.patient_id = patients.patient_id
                  and assigned.staff_id = (select current_setting('app.staff_id', true))
            )
    )
);

drop policy if exists own_clinic on clinic.appointments;
create policy own_clinic on clinic.appointments for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
            and exists (
                select from clinic.staff_assignments assigned
                where assigned.tenant_id = appointments.tenant_id
                  and assigned.patient_id = appointments.patient_id
                  and assigned.staff_id = appointments.staff_id
            )
    )
);
