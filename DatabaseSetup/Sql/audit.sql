-- The audit. The Api adds rows and reads them; nothing but maintain() takes rows away, and how long they are kept stands
-- in a table that the Api cannot write.
create schema if not exists audit authorization audit_maintenance;
alter schema audit owner to audit_maintenance;
set local role audit_maintenance;

create table if not exists audit.settings (
    only_row         boolean primary key default true check (only_row),
    retention_months integer not null default 12 check (retention_months between 1 and 120),
    day_key_days     integer not null default 30 check (day_key_days between 1 and 366),
    salt             bytea   not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
);
insert into audit.settings default values on conflict do nothing;
comment on column audit.settings.retention_months is 'whole months that are kept besides the one that runs';
comment on column audit.settings.day_key_days is 'how long address and agent of nobody in particular can be read, and who was erased is left out of what comes late';

-- One row a person (its id is the pseudonym), and one a day for those whom nobody knows. The key is sealed by the Api.
create table if not exists audit.keys (
    id         uuid        primary key default gen_random_uuid(),
    kind       text        not null check (kind in ('person', 'day')),
    lookup     bytea       not null unique,
    key        bytea       not null,
    created_at timestamptz not null default now()
);

create table if not exists audit.events (
    day            date        not null,
    instance       uuid        not null,
    batch          bigint      not null,
    position       integer     not null,
    at             timestamptz not null,
    kind           text        not null,
    outcome        text        not null check (outcome in ('allowed', 'refused')),
    reason         text,
    person         uuid,
    session        uuid,
    tenant         text,
    role           text,
    dashboards     text[],
    rule_datasets  text[],
    rule_count     integer,
    token_sha256   text        check (token_sha256 ~ '^[0-9a-f]{64}$'),
    key_id         uuid,
    origin         bytea,
    correlation_id text,
    primary key (day, instance, batch, position)
) partition by range (day);
comment on column audit.events.day is 'the day of its batch, in UTC';
comment on column audit.events.session is 'derived from the session by the person''s key';
comment on column audit.events.origin is 'address and user agent, sealed under key_id';
create index if not exists events_at on audit.events (at);
create index if not exists events_tenant on audit.events (tenant, at);
create index if not exists events_person on audit.events (person, at);

-- Rows that were committed together, chained within an instance and day. The first of a day names the hash that it follows.
create table if not exists audit.batches (
    day          date        not null,
    instance     uuid        not null,
    number       bigint      not null,
    rows         integer     not null,
    previous     bytea,
    previous_day date,
    hash         bytea       not null check (length(hash) = 32),
    at           timestamptz not null default now(),
    primary key (day, instance, number)
) partition by range (day);

-- Which rows guests were shown or refused. Instances write it down on their own disks first and bring it here by segments of
-- that; it is not chained: a segment is gone where its machine is.
create table if not exists audit.data_access (
    day            date        not null,
    instance       uuid        not null,
    segment        bigint      not null,
    position       integer     not null,
    at             timestamptz not null,
    person         uuid,
    session        uuid,
    tenant         text        not null,
    role           text        not null,
    way            text        not null check (way in ('chart', 'export', 'rows')),
    dashboard      text,
    dataset        text,
    chart          text,
    rows           integer,
    source         text,
    outcome        text        not null check (outcome in ('allowed', 'refused')),
    reason         text,
    correlation_id text,
    primary key (day, instance, segment, position)
) partition by range (day);
comment on column audit.data_access.rows is 'null for refusals';
comment on column audit.data_access.source is 'whence: superset, memory, store, stale';
create index if not exists data_access_at on audit.data_access (at);
create index if not exists data_access_tenant on audit.data_access (tenant, at);
create index if not exists data_access_person on audit.data_access (person, at);

-- What no month takes, clocks that went wrong included, must not stop what is audited.
create table if not exists audit.events_default partition of audit.events default;
create table if not exists audit.batches_default partition of audit.batches default;
create table if not exists audit.data_access_default partition of audit.data_access default;

-- The last batch of each instance: a chain whose end was cut no longer has it. A batch that is added moves it, nothing else does.
do $$
begin
    if to_regclass('audit.heads') is null then
        create table audit.heads (
            instance uuid   primary key,
            day      date   not null,
            number   bigint not null,
            hash     bytea  not null check (length(hash) = 32)
        );
        insert into audit.heads
            select distinct on (instance) instance, day, number, hash from audit.batches order by instance, day desc, number desc;
    end if;
end
$$;

-- Who was erased, by the pseudonym: a key that is missing without a row here was taken by somebody else.
do $$
begin
    if to_regclass('audit.erasures') is null then
        create table audit.erasures (
            person uuid        primary key,
            at     timestamptz not null default now()
        );
        insert into audit.erasures (person)
            select distinct person from audit.events where person is not null and not exists (select from audit.keys where id = person);
    end if;
end
$$;

-- Whom an erasure has taken lately: what they did before and is written later, such as reads that waited on some machine's disk,
-- makes nobody known anew. Not beside the pseudonym, and forgotten with the days' keys.
create table if not exists audit.erased (
    lookup bytea       primary key,
    at     timestamptz not null
);

create or replace function audit.advance() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into audit.heads as head (instance, day, number, hash) values (new.instance, new.day, new.number, new.hash)
    on conflict (instance) do update set day = excluded.day, number = excluded.number, hash = excluded.hash
    where (head.day, head.number) < (excluded.day, excluded.number);
    return null;
end
$$;
create or replace trigger advance after insert on audit.batches
    for each row execute function audit.advance();

create or replace function audit.lookup(kind text, name text) returns bytea
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return (select sha256(salt || convert_to(kind || ':' || name, 'UTF8')) from audit.settings);

-- The pseudonym of somebody whom the audit knows.
create or replace function audit.person(subject text) returns uuid
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
    return (select id from audit.keys where lookup = audit.lookup('person', subject));

-- The person's rows stay, and their chain; who it was and from where can no longer be read.
create or replace function audit.erase_person(subject text) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    known boolean;
begin
    -- Who is just being made known is waited for, and taken as well.
    lock table audit.keys in share row exclusive mode;
    with gone as (delete from audit.keys where lookup = audit.lookup('person', subject) returning id)
    insert into audit.erasures (person, at) select id, date_trunc('day', now(), 'UTC') from gone;
    known := found;
    insert into audit.erased (lookup, at) values (audit.lookup('person', subject), clock_timestamp())
    on conflict (lookup) do update set at = excluded.at;
    return known;
end
$$;

-- Months ahead are made, those past retention go. Whoever calls it decides nothing.
create or replace function audit.maintain() returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
    set timezone = 'UTC'
as $$
declare
    this_month constant date := date_trunc('month', now());
    last_month constant date := this_month + interval '3 months';
    oldest date;
    parent text;
    months date[];
    month  date;
    part   text;
begin
    perform pg_advisory_xact_lock(hashtext('audit.maintain'));
    select this_month - make_interval(months => retention_months) into strict oldest from audit.settings;

    foreach parent in array array['events', 'batches', 'data_access'] loop
        execute format('delete from audit.%I where day < %L', parent || '_default', oldest);
        execute format(
            'select array(select generate_series(%L::timestamp, %L, interval ''1 month'')::date
             union select date_trunc(''month'', day)::date from audit.%I where day < %L)',
            this_month, last_month, parent || '_default', last_month) into months;
        foreach month in array months loop
            part := parent || to_char(month, '_YYYY_MM');
            continue when to_regclass(format('audit.%I', part)) is not null;
            execute format('create table audit.%I (like audit.%I including defaults including constraints)', part, parent);
            execute format(
                'with moved as (delete from audit.%I where day >= %L and day < %L returning *) insert into audit.%I select * from moved',
                parent || '_default', month, month + interval '1 month', part);
            execute format(
                'alter table audit.%I attach partition audit.%I for values from (%L) to (%L)',
                parent, part, month, (month + interval '1 month')::date);
        end loop;

        for part in
            select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
            where inhparent = format('audit.%I', parent)::regclass and relname ~ '_\d{4}_\d{2}$'
              and to_date(right(relname, 7), 'YYYY_MM') < oldest
        loop
            execute format('drop table audit.%I', part);
        end loop;
    end loop;

    delete from audit.heads where day < oldest;
    delete from audit.erasures where at < oldest;
    delete from audit.keys using audit.settings
    where kind = 'day' and created_at < now() - make_interval(days => day_key_days);
    delete from audit.erased using audit.settings where at < now() - make_interval(days => day_key_days);
    delete from audit.keys
    where kind = 'person' and created_at < oldest and not exists (select from audit.events where person = keys.id)
      and not exists (select from audit.data_access where person = keys.id);
end
$$;

revoke all on all tables in schema audit from public, api, superset_shared, clinic_loader;
revoke all on all functions in schema audit from public, api, superset_shared, clinic_loader;
grant usage on schema audit to api, clinic_loader;
grant select, insert on audit.events, audit.batches, audit.keys, audit.data_access to api;
grant select on audit.heads, audit.erasures, audit.erased to api;
grant select (retention_months, day_key_days) on audit.settings to api;
grant execute on function audit.lookup(text, text), audit.person(text), audit.erase_person(text), audit.maintain() to api;
-- Erasing a tenant erases its people here as well.
grant execute on function audit.erase_person(text) to clinic_loader;

select audit.maintain();
reset role;
