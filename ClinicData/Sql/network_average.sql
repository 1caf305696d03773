-- The network's rows of clinic_benchmarks: the average of three clinics or more, so that none can be told from it.
delete from clinic_benchmarks where scope = 'network';
insert into clinic_benchmarks
    (month, clinicians, tenant_id, scope, clinic_name, appointments_per_clinician, revenue_per_clinician,
     revenue_per_hour, no_show_rate, utilisation, outcome_rate, satisfaction)
select month, sum(clinicians), null, 'network', 'Network average', round(avg(appointments_per_clinician), 2),
    round(avg(revenue_per_clinician), 2), round(avg(revenue_per_hour), 2), round(avg(no_show_rate), 4),
    round(avg(utilisation), 4), round(avg(outcome_rate), 4), round(avg(satisfaction), 3)
from clinic_benchmarks
where scope = 'clinic'
group by month
having count(*) >= 3;
