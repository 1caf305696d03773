-- One clinic's benchmarks per full month before the reporting day, of the tables on the search path; a month with
-- fewer than five clinicians has none. Each measure needs five clinicians and ten patients of its own, or it is null:
-- many appointments do not make an average of few answers anonymous. The columns stand as in clinic_benchmarks.
with visits as (
    select date_trunc('month', appointment_date)::date as month,
        count(distinct staff_id) filter (where status = 'completed') as clinicians,
        count(distinct patient_id) filter (where status = 'completed') as patients,
        count(distinct staff_id) filter (where status in ('completed', 'no_show')) as expecting,
        count(distinct patient_id) filter (where status in ('completed', 'no_show')) as expected,
        count(*) filter (where status = 'completed') as completed,
        count(*) filter (where status = 'no_show') as no_shows
    from appointments
    where tenant_id = current_setting('embedstack.tenant')
      and starts_at < date_trunc('month', current_setting('embedstack.reporting_day')::timestamp)
    group by 1
),
money as (
    select date_trunc('month', invoiced_on)::date as month, sum(amount) as revenue, sum(clinical_minutes) as minutes,
        count(distinct staff_id) as clinicians, count(distinct patient_id) as patients
    from invoices where tenant_id = current_setting('embedstack.tenant') group by 1
),
hours as (
    select date_trunc('month', worked_on)::date as month, sum(clinical_minutes) as clinical, sum(rostered_minutes) as rostered,
        count(distinct staff_id) filter (where rostered_minutes > 0) as clinicians
    from shifts where tenant_id = current_setting('embedstack.tenant') group by 1
),
results as (
    select date_trunc('month', recorded_on)::date as month, avg((outcome = 'improved')::int) as improved,
        avg(satisfaction) as satisfaction,
        count(distinct staff_id) as clinicians, count(distinct patient_id) as patients,
        count(distinct staff_id) filter (where satisfaction is not null) as asking,
        count(distinct patient_id) filter (where satisfaction is not null) as answering
    from outcomes where tenant_id = current_setting('embedstack.tenant') group by 1
)
select month, visits.clinicians::int, clinic.tenant_id, 'clinic'::text, clinic.name,
    case when visits.patients >= 10 then round(completed::numeric / visits.clinicians, 2) end,
    case when money.clinicians >= 5 and money.patients >= 10 then round(revenue / money.clinicians, 2) end,
    case when money.clinicians >= 5 and money.patients >= 10 then round(revenue * 60 / nullif(minutes, 0), 2) end,
    case when expecting >= 5 and expected >= 10 then round(no_shows::numeric / nullif(no_shows + completed, 0), 4) end,
    case when hours.clinicians >= 5 and visits.patients >= 10 then round(clinical::numeric / nullif(rostered, 0), 4) end,
    case when results.clinicians >= 5 and results.patients >= 10 then round(improved, 4) end,
    case when asking >= 5 and answering >= 10 then round(satisfaction, 3) end
from visits left join money using (month) left join hours using (month) left join results using (month)
cross join clinics clinic
where clinic.tenant_id = current_setting('embedstack.tenant') and visits.clinicians >= 5
