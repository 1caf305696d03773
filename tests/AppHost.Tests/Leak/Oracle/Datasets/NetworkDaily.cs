namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

/// <summary>Figures of all clinics by day, counted here a second time from each clinic's own tables.</summary>
internal static class NetworkDaily
{
    public static readonly OwnDataset Dataset = new(
        "network_daily",
        new Dictionary<string, string>
        {
            ["appointments"] = "sum(appointments)",
            ["attended"] = "sum(completed)",
            ["no_show_rate"] = "sum(no_shows) / nullif(sum(no_shows + completed), 0)",
            ["cancellation_rate"] = "sum(cancelled) / nullif(sum(appointments - booked), 0)",
            ["new_patients"] = "sum(new_patients)",
            ["revenue"] = "sum(revenue)",
            ["collected"] = "sum(collected)",
            ["outstanding"] = "sum(revenue) - sum(collected)",
            ["collection_rate"] = "sum(collected) / nullif(sum(revenue), 0)",
            ["overdue_invoices"] = "sum(overdue_invoices)",
            ["utilisation"] = "sum(clinical_minutes) / nullif(sum(rostered_minutes), 0)",
            ["rostered_hours"] = "sum(rostered_minutes) / 60",
            ["clinical_hours"] = "sum(clinical_minutes) / 60",
            ["revenue_per_hour"] = "60 * sum(revenue) / nullif(sum(clinical_minutes), 0)",
            ["outcome_rate"] = "sum(improved) / nullif(sum(assessments), 0)",
            ["satisfaction"] = "sum(satisfaction_sum) / nullif(sum(satisfaction_count), 0)",
            ["follow_up_rate"] = "sum(follow_ups_on_time) / nullif(sum(follow_ups_due), 0)",
            ["notes_rate"] = "sum(notes_on_time) / nullif(sum(notes_due), 0)",
            ["clinics"] = "count(distinct tenant_id)",
        },
        ["network"],
        (_, store) => Sql(store),
        (stack, _) => Store.AllAsync(stack),
        _ => "select *, revenue - collected as outstanding from {0}");

    private static readonly string[] Counted =
    [
        "appointments", "completed", "no_shows", "cancelled", "booked", "new_patients", "clinical_minutes", "notes_due", "notes_on_time", "revenue", "collected",
        "overdue_invoices", "rostered_minutes", "assessments", "improved", "follow_ups_due", "follow_ups_on_time", "satisfaction_sum", "satisfaction_count",
    ];

    // One row an event: a visit, an invoice, a shift, an assessment.
    private static string Sql(Store store) =>
        $"""
        select day, event.tenant_id, clinic.name as clinic_name, clinic.region, {string.Join(", ", Counted.Select(name => $"sum({name}) as {name}"))}
        from (
            select starts_at::date as day, tenant_id, 1::numeric as appointments, (status = 'completed')::int::numeric as completed,
                (status = 'no_show')::int::numeric as no_shows, (status = 'cancelled')::int::numeric as cancelled, (status = 'booked')::int::numeric as booked,
                is_new_patient::numeric as new_patients, case status when 'completed' then duration_minutes else 0 end::numeric as clinical_minutes,
                (note_on_time is not null)::int::numeric as notes_due, (note_on_time = 1)::int::numeric as notes_on_time,
                {Zeros("revenue", "collected", "overdue_invoices", "rostered_minutes", "assessments", "improved", "follow_ups_due", "follow_ups_on_time", "satisfaction_sum", "satisfaction_count")}
            from {store.Schema}.appointments
            union all
            select bill.invoiced_on, bill.tenant_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, bill.amount, bill.paid_amount,
                ({Revenue.State("bill")} = 'overdue')::int, 0, 0, 0, 0, 0, 0, 0
            from {store.Schema}.invoices bill
            union all
            select worked_on, tenant_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                case when worked_on < current_setting('leak_suite.reporting_day')::date then rostered_minutes else 0 end, 0, 0, 0, 0, 0, 0
            from {store.Schema}.shifts
            union all
            select recorded_on, tenant_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (outcome = 'improved')::int, follow_up_due, follow_up_on_time,
                coalesce(satisfaction, 0), (satisfaction is not null)::int
            from {store.Schema}.outcomes
        ) event
        join {store.Schema}.clinics clinic on clinic.tenant_id = event.tenant_id
        where event.tenant_id = '{store.Tenant}'
        group by 1, 2, 3, 4
        """;

    private static string Zeros(params string[] names) => string.Join(", ", names.Select(name => $"0::numeric as {name}"));
}
