-- What the datasets read. Security invoker: the reader's own policies hold in the tables beneath.
create view appointment_facts with (security_invoker = true) as
select
    starts_at, appointment_date, tenant_id, clinic_name, appointment_id, staff_id, staff_name, speciality, patient_id,
    patient_age_band, is_new_patient, service_name, service_category, payer_name, payer_kind, booking_channel,
    booked_days_ahead, duration_minutes, status,
    (status = 'completed')::int as is_completed,
    (status = 'no_show')::int as is_no_show,
    (status = 'cancelled')::int as is_cancelled,
    (status = 'booked')::int as is_booked,
    fee, weekday, hour, days_ahead, room
from appointments;

create view revenue_facts with (security_invoker = true) as
select
    invoiced_on, tenant_id, clinic_name, invoice_id, appointment_id, staff_id, staff_name, speciality, patient_id,
    service_name, service_category, payer_name, payer_kind, amount, paid_amount,
    amount - paid_amount as outstanding_amount, days_to_pay, payment_status, clinical_minutes
from invoices;

create view staff_utilisation with (security_invoker = true) as
select
    worked_on, tenant_id, clinic_name, staff_id, staff_name, speciality, weekday, rostered_minutes, worked_minutes,
    booked_minutes, clinical_minutes, overtime_minutes, appointments, completed, days_ahead
from shifts;

create view outcome_facts with (security_invoker = true) as
select
    recorded_on, tenant_id, clinic_name, assessment_id, staff_id, staff_name, speciality, patient_id, patient_age_band,
    service_name, service_category, outcome,
    (outcome = 'improved')::int as is_improved,
    score_before, score_after, satisfaction,
    (satisfaction >= 9)::int as is_promoter,
    (satisfaction <= 6)::int as is_detractor,
    returned_within_30_days, follow_up_due, follow_up_on_time
from outcomes;
