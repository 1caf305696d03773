-- Composite keys make it impossible to refer to another clinic's row. What follows from appointments (invoices, payments,
-- outcomes) is written with them by the loader alone: a reference from partition to partition would cost each load more
-- than it guards.
alter table staff add foreign key (tenant_id) references clinics;
alter table patients add foreign key (tenant_id) references clinics;
alter table services add foreign key (tenant_id) references clinics;
alter table payers add foreign key (tenant_id) references clinics;
alter table staff_assignments add foreign key (tenant_id, patient_id) references patients;
alter table staff_assignments add foreign key (tenant_id, staff_id) references staff;
alter table appointments add foreign key (tenant_id, patient_id) references patients;
alter table appointments add foreign key (tenant_id, staff_id) references staff;
