-- What dataset `appointments` reads, for one tenant in a schema or a database of its own; the words in capitals are set.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA STORE AUTHORIZATION clinic_owner;
SET ROLE clinic_owner;
SET search_path = STORE;
CREATE TABLE appointment_facts AS
SELECT n AS appointment_id, 'TENANT' AS tenant_id, 'TENANT' AS clinic_name, 'TENANT-0' || (n % 3) AS staff_id,
       'Ada Moss' AS staff_name, 'p-' || n AS patient_id, 'Consultation' AS service_name,
       'Visit' AS service_category, timestamp '2025-01-02 09:00' + make_interval(days => n) AS starts_at,
       date '2025-01-02' + n AS appointment_date, 30 AS duration_minutes, 'completed' AS status,
       80::numeric AS fee, 0 AS is_no_show, 1 AS is_completed
FROM generate_series(1, 40 + length('TENANT')) AS n;
ALTER TABLE appointment_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointment_facts FORCE ROW LEVEL SECURITY;
CREATE POLICY reader ON appointment_facts FOR SELECT TO clinic_reader, clinic_author USING (
    tenant_id = current_setting('app.tenant_id', true)
);
GRANT USAGE ON SCHEMA STORE TO clinic_reader, clinic_author;
GRANT SELECT ON appointment_facts TO clinic_reader, clinic_author;
RESET ROLE;
