-- Two clinics with two clinicians each; every second patient of a clinician is assigned to that clinician.
INSERT INTO clinics (tenant_id, name) VALUES ('northside', 'Northside'), ('harbour', 'Harbour');
INSERT INTO staff (tenant_id, staff_id, name, speciality, kind, started_on)
SELECT clinic, clinic || '-0' || n, initcap(clinic) || ' Doctor ' || n, 'General', 'clinician', date '2020-01-01'
FROM unnest(ARRAY['northside', 'harbour']) AS clinic, generate_series(1, 2) AS n;
INSERT INTO patients (patient_id, birth_year, tenant_id, name, suburb)
SELECT base + n, 1980, clinic, 'Patient', 'Sydney'
FROM (VALUES ('northside', 71000000), ('harbour', 72000000)) AS c (clinic, base), generate_series(0, 19) AS n;
INSERT INTO staff_assignments (patient_id, tenant_id, staff_id)
SELECT patient_id, tenant_id, tenant_id || '-0' || (patient_id % 2 + 1) FROM patients WHERE patient_id % 4 < 2;
INSERT INTO appointments (
    starts_at, appointment_id, patient_id, appointment_date, days_ahead, duration_minutes, booked_days_ahead,
    is_new_patient, hour, tenant_id, clinic_name, staff_id, staff_name, speciality, patient_age_band, service_name,
    service_category, payer_name, payer_kind, booking_channel, status, weekday, room, fee)
SELECT starts_at, row_number() OVER (), patient_id, starts_at::date, 0, 30, 7,
       0, 9, tenant_id, initcap(tenant_id), staff_id, initcap(tenant_id) || ' Doctor ' || right(staff_id, 1), 'General',
       '30-44', 'Visit', 'Visits', 'Medicare', 'public', 'online', 'completed', '1 Mon', 'R1', 90
FROM (
    SELECT patient_id, tenant_id, tenant_id || '-0' || (patient_id % 2 + 1) AS staff_id,
           timestamp '2026-01-05 09:00' + make_interval(days => n) AS starts_at
    FROM patients, generate_series(1, CASE WHEN tenant_id = 'northside' THEN 3 ELSE 2 END) AS n
) AS booked;
