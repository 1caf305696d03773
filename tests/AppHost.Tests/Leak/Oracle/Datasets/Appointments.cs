namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

internal static class Appointments
{
    public static readonly OwnDataset Dataset = OwnDataset.OfAClinic(
        "appointments",
        new Dictionary<string, string>
        {
            ["appointments"] = "count(*)",
            ["attended"] = "count(*) filter (where status = 'completed')",
            ["no_shows"] = "count(*) filter (where status = 'no_show')",
            ["cancellations"] = "count(*) filter (where status = 'cancelled')",
            ["upcoming"] = "count(*) filter (where status = 'booked')",
            ["no_show_rate"] = "avg((status = 'no_show')::int) filter (where status in ('no_show', 'completed'))",
            ["cancellation_rate"] = "avg((status = 'cancelled')::int) filter (where status <> 'booked')",
            ["patients"] = "count(distinct patient_id)",
            ["new_patients"] = "count(*) filter (where visit_kind = 'New')",
            ["new_patient_share"] = "avg((visit_kind = 'New')::int)",
            ["average_minutes"] = "avg(duration_minutes)",
            ["booked_hours"] = "coalesce(sum(duration_minutes) filter (where status <> 'cancelled'), 0) / 60.0",
            ["average_lead_days"] = "avg(booked_days_ahead)",
            ["fees_lost"] = "coalesce(sum(fee) filter (where status = 'no_show'), 0)",
        },
        ["admin", "clinician", "staff"],
        (person, store) =>
            $"""
            select visit.starts_at, visit.starts_at::date as appointment_date, visit.status, visit.service_name,
                service.category as service_category, visit.staff_id, colleague.name as staff_name, colleague.speciality,
                visit.tenant_id, clinic.name as clinic_name, visit.patient_id, visit.appointment_id, visit.payer_name,
                payer.kind as payer_kind, visit.booking_channel, visit.booked_days_ahead, visit.duration_minutes, visit.fee, visit.room,
                initcap(split_part(visit.status, '_', 1)) || case visit.status when 'no_show' then '-show' else '' end as outcome,
                (array['Returning', 'New'])[visit.is_new_patient + 1] as visit_kind,
                {AgeBand("extract(year from visit.starts_at) - patient.birth_year")} as patient_age_band,
                {PayerGroup("payer.kind")} as payer_group,
                (array['00-03', '04-07', '08-14', '15-28', '29+'])[width_bucket(visit.booked_days_ahead, array[4, 8, 15, 29]) + 1] as booked_ahead,
                to_char(visit.starts_at, 'ID Dy') as weekday, extract(hour from visit.starts_at)::int as hour,
                to_char(visit.starts_at, 'HH24') || ':00' as time_of_day,
                visit.starts_at::date - current_setting('leak_suite.reporting_day')::date as days_ahead
            from {store.Schema}.appointments visit
            join {store.Schema}.clinics clinic on clinic.tenant_id = visit.tenant_id
            join {store.Schema}.staff colleague on (colleague.tenant_id, colleague.staff_id) = (visit.tenant_id, visit.staff_id)
            join {store.Schema}.patients patient on (patient.tenant_id, patient.patient_id) = (visit.tenant_id, visit.patient_id)
            join {store.Schema}.services service on (service.tenant_id, service.name) = (visit.tenant_id, visit.service_name)
            join {store.Schema}.payers payer on (payer.tenant_id, payer.name) = (visit.tenant_id, visit.payer_name)
            where visit.tenant_id = '{person.Tenant}'
            {(person.Role == "clinician" ? $"and visit.staff_id = '{person.StaffId}' and {OwnDataset.Treats(person, store, "visit.patient_id")}" : "")}
            """);

    public static string AgeBand(string age) => $"(array['0-17', '18-34', '35-49', '50-64', '65-79', '80+'])[width_bucket({age}, array[18, 35, 50, 65, 80]::numeric[]) + 1]";

    public static string PayerGroup(string kind) => $"coalesce((array['Public', 'Private fund', 'Compensation'])[array_position(array['public', 'private', 'compensation'], {kind})], 'Self-funded')";
}
