namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

internal static class Revenue
{
    public static readonly OwnDataset Dataset = OwnDataset.OfAClinic(
        "revenue",
        new Dictionary<string, string>
        {
            ["revenue"] = "sum(amount)",
            ["collected"] = "sum(paid_amount)",
            ["outstanding"] = "sum(amount) - sum(paid_amount)",
            ["overdue"] = "coalesce(sum(amount - paid_amount) filter (where payment_status = 'overdue'), 0)",
            ["collection_rate"] = "sum(paid_amount) / nullif(sum(amount), 0)",
            ["invoices"] = "count(*)",
            ["average_invoice"] = "sum(amount) / nullif(count(*), 0)",
            ["clinical_hours"] = "sum(clinical_minutes / 60.0)",
            ["revenue_per_hour"] = "60 * sum(amount) / nullif(sum(clinical_minutes), 0)",
            ["average_days_to_pay"] = "avg(days_to_pay)",
        },
        ["admin", "clinician"],
        (person, store) =>
            $"""
            select bill.invoiced_on, bill.invoice_id, bill.appointment_id, bill.amount, bill.patient_id, visit.service_name,
                service.category as service_category, visit.staff_id, colleague.name as staff_name, colleague.speciality,
                visit.tenant_id, clinic.name as clinic_name, visit.payer_name, payer.kind as payer_kind,
                {Appointments.PayerGroup("payer.kind")} as payer_group, visit.duration_minutes as clinical_minutes,
                bill.paid_amount, bill.amount - bill.paid_amount as outstanding_amount, bill.days_to_pay,
                state.name as payment_status, initcap(split_part(state.name, '_', 1)) || case state.name when 'part_paid' then ' paid' else '' end as payment
            from {store.Schema}.invoices bill
            join {store.Schema}.appointments visit on (visit.tenant_id, visit.appointment_id) = (bill.tenant_id, bill.appointment_id)
            join {store.Schema}.clinics clinic on clinic.tenant_id = visit.tenant_id
            join {store.Schema}.staff colleague on (colleague.tenant_id, colleague.staff_id) = (visit.tenant_id, visit.staff_id)
            join {store.Schema}.services service on (service.tenant_id, service.name) = (visit.tenant_id, visit.service_name)
            join {store.Schema}.payers payer on (payer.tenant_id, payer.name) = (visit.tenant_id, visit.payer_name)
            cross join lateral (select {State("bill")} as name) state
            where bill.tenant_id = '{person.Tenant}' {(person.Role == "clinician" ? $"and visit.staff_id = '{person.StaffId}'" : "")}
            """);

    /// <summary>How far an invoice is paid: after thirty days it is overdue.</summary>
    public static string State(string bill) =>
        $"""
        case when {bill}.paid_amount = {bill}.amount then 'paid' when {bill}.paid_amount > 0 then 'part_paid'
            when {bill}.invoiced_on < current_setting('leak_suite.reporting_day')::date - 30 then 'overdue' else 'outstanding' end
        """;
}
