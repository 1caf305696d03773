-- One clinic's figures per day, of the tables on the search path. The columns stand as in network_daily.
with facts as (
    select appointment_date as day,
        count(*) as appointments, count(*) filter (where status = 'completed') as completed,
        count(*) filter (where status = 'no_show') as no_shows, count(*) filter (where status = 'cancelled') as cancelled,
        count(*) filter (where status = 'booked') as booked, sum(is_new_patient) as new_patients,
        0 as overdue_invoices, 0 as rostered_minutes, 0 as clinical_minutes, 0 as assessments, 0 as improved,
        0 as satisfaction_sum, 0 as satisfaction_count, 0 as follow_ups_due, 0 as follow_ups_on_time,
        count(note_on_time) as notes_due, sum(coalesce(note_on_time, 0)) as notes_on_time,
        0 as revenue, 0 as collected, 0 as outstanding
    from appointments where tenant_id = current_setting('embedstack.tenant') group by 1
    union all
    select invoiced_on, 0, 0, 0, 0, 0, 0, count(*) filter (where payment_status = 'overdue'), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        sum(amount), sum(paid_amount), sum(amount - paid_amount)
    from invoices where tenant_id = current_setting('embedstack.tenant') group by 1
    union all
    select worked_on, 0, 0, 0, 0, 0, 0, 0, sum(rostered_minutes) filter (where days_ahead < 0), sum(clinical_minutes),
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from shifts where tenant_id = current_setting('embedstack.tenant') group by 1
    union all
    select recorded_on, 0, 0, 0, 0, 0, 0, 0, 0, 0, count(*), count(*) filter (where outcome = 'improved'),
        sum(coalesce(satisfaction, 0)), count(satisfaction), sum(follow_up_due), sum(follow_up_on_time), 0, 0, 0, 0, 0
    from outcomes where tenant_id = current_setting('embedstack.tenant') group by 1
)
select day,
    sum(appointments)::int, sum(completed)::int, sum(no_shows)::int, sum(cancelled)::int, sum(booked)::int,
    sum(new_patients)::int, sum(overdue_invoices)::int, coalesce(sum(rostered_minutes), 0)::int,
    sum(clinical_minutes)::int, sum(assessments)::int, sum(improved)::int, sum(satisfaction_sum)::int,
    sum(satisfaction_count)::int, sum(follow_ups_due)::int, sum(follow_ups_on_time)::int, sum(notes_due)::int,
    sum(notes_on_time)::int, clinic.tenant_id, clinic.name, clinic.region,
    sum(revenue)::numeric, sum(collected)::numeric, sum(outstanding)::numeric
from facts cross join clinics clinic
where clinic.tenant_id = current_setting('embedstack.tenant')
group by day, clinic.tenant_id, clinic.name, clinic.region
