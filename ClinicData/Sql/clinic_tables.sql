-- The tables of one or more clinics, in the schema that is first on the search path. Every row belongs to one clinic.
-- Names are repeated in the large tables, so that a query reads one table and a policy guards one. Keys are compared as
-- bytes: they are sorted for every index, and no language orders them.
create table clinics (
    tenant_id text collate "C" not null check (tenant_id ~ '^[A-Za-z0-9_-]{1,56}$'),
    name      text not null,
    region    text not null default 'Sydney',
    opened_on date not null default current_date
);

create table staff (
    tenant_id  text collate "C" not null,
    staff_id   text collate "C" not null check (staff_id ~ '^[A-Za-z0-9_-]{1,64}$'),
    name       text not null,
    speciality text not null,
    kind       text not null check (kind in ('clinician', 'front_desk')),
    started_on date not null
);

create table patients (
    patient_id bigint   not null,
    birth_year smallint not null,
    tenant_id  text collate "C"     not null,
    name       text     not null,
    suburb     text     not null
);

-- Which staff member treats which patient.
create table staff_assignments (
    patient_id bigint not null,
    tenant_id  text collate "C"   not null,
    staff_id   text collate "C"   not null
);

create table services (
    service_id       integer        not null,
    duration_minutes integer        not null check (duration_minutes > 0),
    tenant_id        text collate "C"           not null,
    name             text           not null,
    category         text           not null,
    fee              numeric(10, 2) not null check (fee >= 0)
);

create table payers (
    payer_id  integer not null,
    tenant_id text collate "C"    not null,
    name      text    not null,
    kind      text    not null check (kind in ('public', 'private', 'compensation', 'self'))
);

-- Local time of the clinic. The fee is what a completed appointment cost and a missed one would have, otherwise 0; what
-- was billed stands in invoices. days_ahead counts from the load's reporting day.
create table appointments (
    starts_at         timestamp      not null,
    appointment_id    bigint         not null,
    patient_id        bigint         not null,
    appointment_date  date           not null,
    days_ahead        integer        not null,
    duration_minutes  integer        not null check (duration_minutes > 0),
    booked_days_ahead integer        not null,
    is_new_patient    integer        not null,
    hour              smallint       not null,
    note_on_time      smallint,
    tenant_id         text collate "C"           not null,
    clinic_name       text           not null,
    staff_id          text collate "C"           not null,
    staff_name        text           not null,
    speciality        text           not null,
    patient_age_band  text           not null,
    service_name      text           not null,
    service_category  text           not null,
    payer_name        text           not null,
    payer_kind        text           not null,
    booking_channel   text           not null,
    status            text           not null check (status in ('completed', 'no_show', 'cancelled', 'booked')),
    weekday           text           not null,
    room              text           not null,
    fee               numeric(10, 2) not null check (fee >= 0)
) partition by range (starts_at);
comment on column appointments.note_on_time is 'whether the clinical note was written within two days; null where none is due';

-- With what was paid of each: the sum of its payments, and the days until the last where nothing is left to pay.
create table invoices (
    invoice_id       bigint         not null,
    appointment_id   bigint         not null,
    patient_id       bigint         not null,
    invoiced_on      date           not null,
    days_to_pay      integer,
    clinical_minutes integer        not null,
    tenant_id        text collate "C"           not null,
    clinic_name      text           not null,
    staff_id         text collate "C"           not null,
    staff_name       text           not null,
    speciality       text           not null,
    service_name     text           not null,
    service_category text           not null,
    payer_name       text           not null,
    payer_kind       text           not null,
    payment_status   text           not null check (payment_status in ('paid', 'part_paid', 'outstanding', 'overdue')),
    amount           numeric(10, 2) not null check (amount >= 0),
    paid_amount      numeric(10, 2) not null check (paid_amount between 0 and amount)
) partition by range (invoiced_on);

-- What was received, when. Most invoices are paid at once, some in parts.
create table payments (
    invoice_id bigint         not null,
    patient_id bigint         not null,
    paid_on    date           not null,
    tenant_id  text collate "C"           not null,
    staff_id   text collate "C"           not null,
    amount     numeric(10, 2) not null check (amount > 0)
) partition by range (paid_on);

-- Rosters and worked hours: one row per staff member and rostered day.
create table shifts (
    worked_on        date    not null,
    days_ahead       integer not null,
    rostered_minutes integer not null,
    worked_minutes   integer not null,
    booked_minutes   integer not null,
    clinical_minutes integer not null,
    overtime_minutes integer not null,
    appointments     integer not null,
    completed        integer not null,
    tenant_id        text collate "C"    not null,
    clinic_name      text    not null,
    staff_id         text collate "C"    not null,
    staff_name       text    not null,
    speciality       text    not null,
    weekday          text    not null
) partition by range (worked_on);

-- With the patient's score of satisfaction, where one was given.
create table outcomes (
    assessment_id           bigint        not null,
    appointment_id          bigint        not null,
    patient_id              bigint        not null,
    recorded_on             date          not null,
    returned_within_30_days integer       not null,
    follow_up_due           integer       not null,
    follow_up_on_time       integer       not null,
    satisfaction            smallint      check (satisfaction between 1 and 10),
    tenant_id               text collate "C"          not null,
    clinic_name             text          not null,
    staff_id                text collate "C"          not null,
    staff_name              text          not null,
    speciality              text          not null,
    patient_age_band        text          not null,
    service_name            text          not null,
    service_category        text          not null,
    outcome                 text          not null check (outcome in ('improved', 'unchanged', 'worse')),
    score_before            numeric(5, 1) not null,
    score_after             numeric(5, 1) not null
) partition by range (recorded_on);
