-- What the network's leadership reads: figures of all clinics, shipped here from wherever their rows stand.
create table networks (
    tenant_id text collate "C" primary key,
    name      text not null
);

create table network_daily (
    day                date    not null,
    appointments       integer not null,
    completed          integer not null,
    no_shows           integer not null,
    cancelled          integer not null,
    booked             integer not null,
    new_patients       integer not null,
    overdue_invoices   integer not null,
    rostered_minutes   integer not null,
    clinical_minutes   integer not null,
    assessments        integer not null,
    improved           integer not null,
    satisfaction_sum   integer not null,
    satisfaction_count integer not null,
    follow_ups_due     integer not null,
    follow_ups_on_time integer not null,
    notes_due          integer not null,
    notes_on_time      integer not null,
    tenant_id          text collate "C"    not null,
    clinic_name        text    not null,
    region             text    not null,
    revenue            numeric not null,
    collected          numeric not null,
    outstanding        numeric not null,
    primary key (tenant_id, day)
);
create index network_daily_by_day on network_daily (day);
