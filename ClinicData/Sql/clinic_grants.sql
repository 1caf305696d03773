-- Views, and the partitioned parents beneath them: never a partition. Of clinics and staff, what a policy asks. What no
-- dataset reads (patients, services, payers, payments) is not granted: its policies wait for the dataset that will.
grant select on
    appointment_facts, revenue_facts, staff_utilisation, outcome_facts, clinic_benchmarks, staff_assignments,
    appointments, invoices, shifts, outcomes
    to clinic_reader, clinic_author;
grant select (tenant_id) on clinics to clinic_reader, clinic_author;
grant select (tenant_id, staff_id) on staff to clinic_reader, clinic_author;
