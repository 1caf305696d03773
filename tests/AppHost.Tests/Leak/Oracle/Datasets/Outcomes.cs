namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

internal static class Outcomes
{
    public static readonly OwnDataset Dataset = OwnDataset.OfAClinic(
        "outcomes",
        new Dictionary<string, string>
        {
            ["assessments"] = "count(*)",
            ["improved"] = "count(*) filter (where outcome = 'improved')",
            ["outcome_rate"] = "avg((outcome = 'improved')::int)",
            ["score_before"] = "sum(score_before) / nullif(count(score_before), 0)",
            ["score_after"] = "sum(score_after) / nullif(count(score_after), 0)",
            ["average_gain"] = "(sum(score_after) - sum(score_before)) / nullif(count(*), 0)",
            ["satisfaction"] = "sum(satisfaction)::numeric / nullif(count(satisfaction), 0)",
            ["net_promoter_score"] = "100 * avg(case when satisfaction > 8 then 1 when satisfaction < 7 then -1 when satisfaction is not null then 0 end)",
            ["answers"] = "count(satisfaction)",
            ["answer_rate"] = "avg((satisfaction is not null)::int)",
            ["return_rate"] = "avg(returned_within_30_days)",
            ["follow_up_rate"] = "avg(follow_up_on_time) filter (where follow_up_due = 1)",
            ["follow_ups_due"] = "sum(follow_up_due)",
            ["patients"] = "count(distinct patient_id)",
        },
        ["admin", "clinician"],
        (person, store) =>
            $"""
            select found.recorded_on, found.assessment_id, found.outcome, initcap(found.outcome) as result, found.score_before, found.score_after,
                found.satisfaction, found.returned_within_30_days, found.follow_up_due, found.follow_up_on_time,
                visit.service_name, service.category as service_category, visit.staff_id, colleague.name as staff_name, colleague.speciality,
                visit.tenant_id, clinic.name as clinic_name, visit.patient_id,
                {Appointments.AgeBand("extract(year from visit.starts_at) - patient.birth_year")} as patient_age_band
            from {store.Schema}.outcomes found
            join {store.Schema}.appointments visit on (visit.tenant_id, visit.appointment_id) = (found.tenant_id, found.appointment_id)
            join {store.Schema}.clinics clinic on clinic.tenant_id = visit.tenant_id
            join {store.Schema}.staff colleague on (colleague.tenant_id, colleague.staff_id) = (visit.tenant_id, visit.staff_id)
            join {store.Schema}.patients patient on (patient.tenant_id, patient.patient_id) = (visit.tenant_id, visit.patient_id)
            join {store.Schema}.services service on (service.tenant_id, service.name) = (visit.tenant_id, visit.service_name)
            where found.tenant_id = '{person.Tenant}' {(person.Role == "clinician" ? $"and {OwnDataset.Treats(person, store, "visit.patient_id")}" : "")}
            """);
}
