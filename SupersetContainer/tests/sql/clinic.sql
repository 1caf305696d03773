-- One table of the clinic schema, its policy, and the view that dataset `appointments` reads.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA clinic AUTHORIZATION clinic_owner;
SET ROLE clinic_owner;
SET search_path = clinic;
CREATE TABLE appointments (
    appointment_id integer PRIMARY KEY,
    tenant_id text NOT NULL,
    clinic_name text NOT NULL,
    staff_id text NOT NULL,
    staff_name text NOT NULL,
    patient_id text NOT NULL,
    service_name text NOT NULL,
    service_category text NOT NULL,
    starts_at timestamp NOT NULL,
    duration_minutes integer NOT NULL,
    status text NOT NULL,
    fee numeric(10, 2) NOT NULL
);
INSERT INTO appointments
SELECT n,
       CASE WHEN n % 3 = 0 THEN 'harbour' ELSE 'northside' END,
       CASE WHEN n % 3 = 0 THEN 'Harbour Day Surgery' ELSE 'Northside Specialist Clinic' END,
       (CASE WHEN n % 3 = 0 THEN 'h-' ELSE 'n-' END) || (n % 7),
       (ARRAY['Ada Moss', 'Ben Hale', 'Cleo Reyes', 'Dan Osei', 'Eva Lind', 'Finn Roy', 'Gia Sato'])[n % 7 + 1],
       'p-' || (n % 97),
       (ARRAY['Consultation', 'Follow-up', 'Imaging', 'Minor procedure', 'Physiotherapy'])[n % 5 + 1],
       (ARRAY['Visit', 'Visit', 'Diagnostics', 'Procedure', 'Therapy'])[n % 5 + 1],
       timestamp '2025-01-02 09:00' + make_interval(hours => (n * 11) % 15000),
       15 + 15 * (n % 4),
       (ARRAY['completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'completed', 'no_show', 'cancelled', 'booked'])[n % 10 + 1],
       60 + 10 * (n % 12)
FROM generate_series(1, 900) AS n;
ALTER TABLE appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
CREATE POLICY reader ON appointments FOR SELECT TO clinic_reader, clinic_author USING (
    tenant_id = current_setting('app.tenant_id', true)
    AND (current_setting('app.role', true) IN ('admin', 'staff')
         OR (current_setting('app.role', true) = 'clinician'
             AND staff_id = current_setting('app.staff_id', true)))
);
CREATE VIEW appointment_facts WITH (security_invoker = true) AS
SELECT appointment_id, tenant_id, clinic_name, staff_id, staff_name, 'Cardiology' AS speciality, patient_id,
       '35-49' AS patient_age_band, 0 AS is_new_patient, service_name, service_category, 'Medicare' AS payer_name,
       'public' AS payer_kind, 'online' AS booking_channel, 7 AS booked_days_ahead, starts_at,
       starts_at::date AS appointment_date, duration_minutes, status, fee, (status = 'no_show')::int AS is_no_show,
       (status = 'completed')::int AS is_completed, (status = 'cancelled')::int AS is_cancelled,
       (status = 'booked')::int AS is_booked, to_char(starts_at, 'ID Dy') AS weekday,
       extract(hour FROM starts_at)::smallint AS hour, starts_at::date - date '2026-11-02' AS days_ahead, 'Room 1' AS room
FROM appointments;
-- What else dashboard `clinic` reads, made of the same rows.
CREATE VIEW revenue_facts WITH (security_invoker = true) AS
SELECT appointment_date AS invoiced_on, tenant_id, clinic_name, appointment_id AS invoice_id, appointment_id, staff_id,
       staff_name, speciality, patient_id, service_name, service_category, payer_name, payer_kind, fee AS amount,
       fee AS paid_amount, 0::numeric AS outstanding_amount, 14 AS days_to_pay, 'paid' AS payment_status,
       duration_minutes AS clinical_minutes
FROM appointment_facts WHERE is_completed = 1;
CREATE VIEW staff_utilisation WITH (security_invoker = true) AS
SELECT appointment_date AS worked_on, tenant_id, clinic_name, staff_id, staff_name, speciality, weekday,
       480 AS rostered_minutes, 480 AS worked_minutes, duration_minutes AS booked_minutes,
       duration_minutes AS clinical_minutes, 0 AS overtime_minutes, 1 AS appointments, is_completed AS completed, days_ahead
FROM appointment_facts;
CREATE VIEW outcome_facts WITH (security_invoker = true) AS
SELECT appointment_date AS recorded_on, tenant_id, clinic_name, appointment_id AS assessment_id, staff_id, staff_name,
       speciality, patient_id, patient_age_band, service_name, service_category, 'improved' AS outcome, 1 AS is_improved,
       40::numeric AS score_before, 60::numeric AS score_after, 9::smallint AS satisfaction, 1 AS is_promoter,
       0 AS is_detractor, 0 AS returned_within_30_days, 1 AS follow_up_due, 1 AS follow_up_on_time
FROM appointment_facts WHERE is_completed = 1;
GRANT USAGE ON SCHEMA clinic TO clinic_reader, clinic_author;
GRANT SELECT ON appointments, appointment_facts, revenue_facts, staff_utilisation, outcome_facts TO clinic_reader, clinic_author;
RESET ROLE;
