-- One clinic's benchmarks per full month before the reporting day, of the tables on the search path; a month with
-- fewer than five clinicians has none. The columns stand as in clinic_benchmarks.
with visits as (
    select date_trunc('month', appointment_date)::date as month,
        count(distinct staff_id) filter (where status = 'completed') as clinicians,
        count(*) filter (where status = 'completed') as completed,
        count(*) filter (where status = 'no_show') as no_shows
    from appointments
    where tenant_id = current_setting('embedstack.tenant')
      and starts_at < date_trunc('month', current_setting('embedstack.reporting_day')::timestamp)
    group by 1
),
money as (
    select date_trunc('month', invoiced_on)::date as month, sum(amount) as revenue, sum(clinical_minutes) as minutes
    from invoices where tenant_id = current_setting('embedstack.tenant') group by 1
),
hours as (
    select date_trunc('month', worked_on)::date as month, sum(clinical_minutes) as clinical, sum(rostered_minutes) as rostered
    from shifts where tenant_id = current_setting('embedstack.tenant') group by 1
),
results as (
    select date_trunc('month', recorded_on)::date as month, avg((outcome = 'improved')::int) as improved,
        avg(satisfaction) as satisfaction
    from outcomes where tenant_id = current_setting('embedstack.tenant') group by 1
)
select month, clinicians::int, clinic.tenant_id, 'clinic'::text, clinic.name,
    round(completed::numeric / clinicians, 2), round(revenue / clinicians, 2),
    round(revenue * 60 / nullif(minutes, 0), 2), round(no_shows::numeric / nullif(no_shows + completed, 0), 4),
    round(clinical::numeric / nullif(rostered, 0), 4), round(improved, 4), round(satisfaction, 3)
from visits left join money using (month) left join hours using (month) left join results using (month)
cross join clinics clinic
where clinic.tenant_id = current_setting('embedstack.tenant') and clinicians >= 5
