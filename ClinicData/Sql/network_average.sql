-- The network's rows of clinic_benchmarks. Each measure is the average of three clinics or more that have it, so that
-- none can be told from it, or null.
delete from clinic_benchmarks where scope = 'network';
insert into clinic_benchmarks
    (month, clinicians, tenant_id, scope, clinic_name, appointments_per_clinician, revenue_per_clinician,
     revenue_per_hour, no_show_rate, utilisation, outcome_rate, satisfaction)
select month, sum(clinicians), null, 'network', 'Network average',
    case when count(appointments_per_clinician) >= 3 then round(avg(appointments_per_clinician), 2) end,
    case when count(revenue_per_clinician) >= 3 then round(avg(revenue_per_clinician), 2) end,
    case when count(revenue_per_hour) >= 3 then round(avg(revenue_per_hour), 2) end,
    case when count(no_show_rate) >= 3 then round(avg(no_show_rate), 4) end,
    case when count(utilisation) >= 3 then round(avg(utilisation), 4) end,
    case when count(outcome_rate) >= 3 then round(avg(outcome_rate), 4) end,
    case when count(satisfaction) >= 3 then round(avg(satisfaction), 3) end
from clinic_benchmarks
where scope = 'clinic'
group by month
having count(*) >= 3;
