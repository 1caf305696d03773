-- The wall in the database. Superset puts the guest's claims on each connection as app.tenant_id, app.role and
-- app.staff_id; a claim that is missing, empty or unknown matches no row. The sub-selects make Postgres read a
-- claim once a query instead of once a row. What no policy names, nobody reads.
create policy own_clinic on clinics for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff', 'clinician')
);

create policy own_clinic on services for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff', 'clinician')
);

create policy own_clinic on payers for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (select current_setting('app.role', true)) in ('admin', 'staff', 'clinician')
);

create policy own_clinic on staff for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

create policy own_clinic on staff_assignments for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

create policy own_clinic on patients for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and patient_id in (
                select assigned.patient_id from staff_assignments assigned
                where assigned.tenant_id = (select current_setting('app.tenant_id', true))
                  and assigned.staff_id = (select current_setting('app.staff_id', true))
            )
    )
);

-- A clinician: own appointments with patients who are assigned to them.
create policy own_clinic on appointments for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
            and patient_id in (
                select assigned.patient_id from staff_assignments assigned
                where assigned.tenant_id = (select current_setting('app.tenant_id', true))
                  and assigned.staff_id = (select current_setting('app.staff_id', true))
            )
    )
);

create policy own_clinic on shifts for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) in ('admin', 'staff')
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

-- Money is no business of the front desk.
create policy own_clinic on invoices for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) = 'admin'
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

create policy own_clinic on payments for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) = 'admin'
        or (select current_setting('app.role', true)) = 'clinician'
            and staff_id = (select current_setting('app.staff_id', true))
    )
);

-- A clinician: patients who are assigned to them, whatever colleague treated them.
create policy own_clinic on outcomes for select to clinic_reader, clinic_author using (
    tenant_id = (select current_setting('app.tenant_id', true))
    and (
        (select current_setting('app.role', true)) = 'admin'
        or (select current_setting('app.role', true)) = 'clinician'
            and patient_id in (
                select assigned.patient_id from staff_assignments assigned
                where assigned.tenant_id = (select current_setting('app.tenant_id', true))
                  and assigned.staff_id = (select current_setting('app.staff_id', true))
            )
    )
);

-- The network's average belongs to nobody: it is shown to those alone who are known here.
create policy own_clinic_and_average on clinic_benchmarks for select to clinic_reader, clinic_author using (
    (tenant_id = (select current_setting('app.tenant_id', true)) or scope = 'network')
    and (
        (select current_setting('app.role', true)) = 'admin' and exists (
            select from clinics known where known.tenant_id = (select current_setting('app.tenant_id', true)))
        or (select current_setting('app.role', true)) = 'clinician' and exists (
            select from staff known
            where known.tenant_id = (select current_setting('app.tenant_id', true))
              and known.staff_id = (select current_setting('app.staff_id', true)))
    )
);
