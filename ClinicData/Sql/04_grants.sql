-- Readers get what appointment_facts needs and nothing else: patients' names are in no dashboard.
revoke all on all tables in schema clinic from public, clinic_reader, clinic_author, clinic_loader;

grant usage on schema clinic to clinic_reader, clinic_author, clinic_loader;
grant select on
    clinic.appointment_facts, clinic.appointments, clinic.clinics, clinic.staff, clinic.services,
    clinic.staff_assignments
    to clinic_reader, clinic_author;

grant select, insert, delete on
    clinic.clinics, clinic.staff, clinic.patients, clinic.staff_assignments, clinic.services, clinic.appointments
    to clinic_loader;

grant usage on schema clinic_load to clinic_loader;
grant select, insert, update, delete on clinic_load.loads to clinic_loader;
