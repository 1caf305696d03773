-- One clinic's patient, of the tables on the search path. What the rosters count of appointments is counted again.
with gone as (
    delete from appointments
    where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint
    returning tenant_id, staff_id, appointment_date, appointment_id
)
update shifts
set booked_minutes = counted.booked_minutes, clinical_minutes = counted.clinical_minutes,
    appointments = counted.appointments, completed = counted.completed
from (
    -- The statement sees the rows as before its own DELETE.
    select day.tenant_id, day.staff_id, day.appointment_date,
        coalesce(sum(left_over.duration_minutes) filter (where left_over.status <> 'cancelled'), 0) as booked_minutes,
        coalesce(sum(left_over.duration_minutes) filter (where left_over.status = 'completed'), 0) as clinical_minutes,
        count(left_over.appointment_id) as appointments,
        count(left_over.appointment_id) filter (where left_over.status = 'completed') as completed
    from (select distinct tenant_id, staff_id, appointment_date from gone) day
    left join appointments left_over
        on (left_over.tenant_id, left_over.staff_id, left_over.appointment_date) = (day.tenant_id, day.staff_id, day.appointment_date)
        and left_over.patient_id <> current_setting('embedstack.patient')::bigint
    group by 1, 2, 3
) counted
where shifts.tenant_id = counted.tenant_id and shifts.staff_id = counted.staff_id
  and shifts.worked_on = counted.appointment_date;

delete from outcomes
where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint;
delete from payments
where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint;
delete from invoices
where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint;
delete from staff_assignments
where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint;
delete from patients
where tenant_id = current_setting('embedstack.tenant') and patient_id = current_setting('embedstack.patient')::bigint;
