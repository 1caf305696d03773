-- After the rows. What rules and policies compare comes first; the month is the partitions' business.
alter table clinics add primary key (tenant_id);
alter table staff add primary key (tenant_id, staff_id);
alter table patients add primary key (tenant_id, patient_id);
alter table staff_assignments add primary key (tenant_id, patient_id, staff_id);
create index staff_assignments_by_staff on staff_assignments (tenant_id, staff_id, patient_id);
alter table services add primary key (tenant_id, service_id);
alter table payers add primary key (tenant_id, payer_id);

alter table appointments add primary key (tenant_id, appointment_id, starts_at);
create index appointments_by_staff on appointments (tenant_id, staff_id, patient_id);
create index appointments_by_patient on appointments (tenant_id, patient_id);
create index appointments_by_day on appointments (tenant_id, days_ahead);

alter table invoices add primary key (tenant_id, invoice_id, invoiced_on);
create index invoices_by_staff on invoices (tenant_id, staff_id);

alter table payments add primary key (tenant_id, invoice_id, paid_on);

alter table shifts add primary key (tenant_id, staff_id, worked_on);
create index shifts_by_day on shifts (tenant_id, days_ahead);

alter table outcomes add primary key (tenant_id, assessment_id, recorded_on);
create index outcomes_by_patient on outcomes (tenant_id, patient_id);
