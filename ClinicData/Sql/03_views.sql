-- What the dataset Appointments reads. Security invoker: the reader's own policies hold in the tables beneath.
create or replace view clinic.appointment_facts
    with (security_invoker = true)
as
select
    appointment.appointment_id,
    appointment.tenant_id,
    clinic.name as clinic_name,
    appointment.staff_id,
    staff.name as staff_name,
    appointment.patient_id,
    service.name as service_name,
    service.category as service_category,
    appointment.starts_at,
    appointment.appointment_date,
    appointment.duration_minutes,
    appointment.status,
    appointment.fee,
    (appointment.status = 'no_show')::int as is_no_show,
    (appointment.status = 'completed')::int as is_completed
from clinic.appointments appointment
join clinic.clinics clinic using (tenant_id)
join clinic.staff staff using (tenant_id, staff_id)
join clinic.services service using (tenant_id, service_id);
