namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

internal static class StaffUtilisation
{
    public static readonly OwnDataset Dataset = OwnDataset.OfAClinic(
        "staff_utilisation",
        new Dictionary<string, string>
        {
            ["utilisation"] = "(sum(clinical_minutes) filter (where days_ahead < 0))::numeric / nullif(sum(rostered_minutes) filter (where days_ahead < 0), 0)",
            ["booked_share"] = "sum(booked_minutes)::numeric / nullif(sum(rostered_minutes), 0)",
            ["rostered_hours"] = "sum(rostered_minutes / 60.0)",
            ["worked_hours"] = "sum(worked_minutes / 60.0)",
            ["booked_hours"] = "sum(booked_minutes / 60.0)",
            ["free_hours"] = "coalesce(sum((rostered_minutes - booked_minutes) / 60.0) filter (where rostered_minutes > booked_minutes), 0)",
            ["clinical_hours"] = "sum(clinical_minutes / 60.0)",
            ["overtime_hours"] = "sum(overtime_minutes / 60.0)",
            ["overtime_share"] = "sum(overtime_minutes)::numeric / nullif(sum(worked_minutes), 0)",
            ["appointments"] = "sum(appointments)",
            ["attended"] = "sum(completed)",
            ["appointments_per_day"] = "avg(appointments)",
            ["clinicians"] = "count(distinct staff_id)",
            ["rostered_days"] = "count(*)",
        },
        ["admin", "clinician", "staff"],
        (person, store) =>
            $"""
            select shift.worked_on, shift.staff_id, colleague.name as staff_name, colleague.speciality, shift.tenant_id,
                clinic.name as clinic_name, to_char(shift.worked_on, 'ID Dy') as weekday,
                shift.worked_on - current_setting('leak_suite.reporting_day')::date as days_ahead,
                shift.rostered_minutes, shift.worked_minutes, shift.overtime_minutes, coalesce(day.booked_minutes, 0) as booked_minutes,
                coalesce(day.clinical_minutes, 0) as clinical_minutes, coalesce(day.appointments, 0) as appointments, coalesce(day.completed, 0) as completed
            from {store.Schema}.shifts shift
            join {store.Schema}.clinics clinic on clinic.tenant_id = shift.tenant_id
            join {store.Schema}.staff colleague on (colleague.tenant_id, colleague.staff_id) = (shift.tenant_id, shift.staff_id)
            left join (
                select staff_id, starts_at::date as worked_on, count(*) as appointments, count(*) filter (where status = 'completed') as completed,
                    sum(duration_minutes) filter (where status <> 'cancelled') as booked_minutes,
                    sum(duration_minutes) filter (where status = 'completed') as clinical_minutes
                from {store.Schema}.appointments where tenant_id = '{person.Tenant}' group by 1, 2
            ) day on (day.staff_id, day.worked_on) = (shift.staff_id, shift.worked_on)
            where shift.tenant_id = '{person.Tenant}' {(person.Role == "clinician" ? $"and shift.staff_id = '{person.StaffId}'" : "")}
            """);
}
