-- Every row belongs to one clinic. Composite keys make it impossible to refer to another clinic's row.
create table if not exists clinic.clinics (
    tenant_id text primary key check (tenant_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    name      text not null
);

create table if not exists clinic.staff (
    tenant_id  text not null references clinic.clinics,
    staff_id   text not null check (staff_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    name       text not null,
    speciality text not null,
    primary key (tenant_id, staff_id)
);

create table if not exists clinic.patients (
    tenant_id  text     not null references clinic.clinics,
    patient_id bigint   not null,
    name       text     not null,
    birth_year smallint not null,
    primary key (tenant_id, patient_id)
);

-- Which staff member treats which patient.
create table if not exists clinic.staff_assignments (
    tenant_id  text   not null,
    patient_id bigint not null,
    staff_id   text   not null,
    primary key (tenant_id, patient_id, staff_id),
    foreign key (tenant_id, patient_id) references clinic.patients,
    foreign key (tenant_id, staff_id) references clinic.staff
);

create table if not exists clinic.services (
    tenant_id        text           not null references clinic.clinics,
    service_id       integer        not null,
    name             text           not null,
    category         text           not null,
    duration_minutes integer        not null check (duration_minutes > 0),
    fee              numeric(10, 2) not null check (fee >= 0),
    primary key (tenant_id, service_id)
);

create table if not exists clinic.appointments (
    tenant_id        text           not null,
    appointment_id   bigint         not null,
    staff_id         text           not null,
    patient_id       bigint         not null,
    service_id       integer        not null,
    starts_at        timestamp      not null,
    appointment_date date           not null generated always as (starts_at::date) stored,
    duration_minutes integer        not null check (duration_minutes > 0),
    status           text           not null check (status in ('completed', 'no_show', 'cancelled', 'booked')),
    fee              numeric(10, 2) not null check (fee >= 0),
    primary key (tenant_id, appointment_id),
    foreign key (tenant_id, staff_id) references clinic.staff,
    foreign key (tenant_id, patient_id) references clinic.patients,
    foreign key (tenant_id, service_id) references clinic.services
);

create index if not exists appointments_by_date on clinic.appointments (tenant_id, appointment_date);
create index if not exists appointments_by_staff on clinic.appointments (tenant_id, staff_id, appointment_date);
create index if not exists appointments_by_patient on clinic.appointments (tenant_id, patient_id);
