namespace EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;

/// <summary>
/// Averages of full months: of a clinic where enough clinicians and patients are behind the measure, of the network where
/// enough clinics have it.
/// </summary>
internal static class Benchmarks
{
    private const int Clinicians = 5;
    private const int Patients = 10;
    private const int Clinics = 3;

    private static readonly Dictionary<string, int> Decimals = new()
    {
        ["appointments_per_clinician"] = 2, ["revenue_per_clinician"] = 2, ["revenue_per_hour"] = 2, ["no_show_rate"] = 4,
        ["utilisation"] = 4, ["outcome_rate"] = 4, ["satisfaction"] = 3,
    };

    public static readonly OwnDataset Dataset = new(
        "benchmarks",
        Decimals.Keys.Append("clinicians").ToDictionary(name => name, name => $"avg({name})"),
        ["admin", "clinician", "network"],
        (_, store) => Sql(store),
        (stack, _) => Store.AllAsync(stack),
        person =>
            $"""
            select month, tenant_id, clinic_name, 'clinic' as scope, 'Clinic' as average_of, clinicians, {string.Join(", ", Decimals.Keys)}
            from {"{0}"} {(person.Role == "network" ? "" : $"where tenant_id = '{person.Tenant}'")}
            union all
            select month, null, 'Network average', 'network', 'Network', sum(clinicians), {string.Join(", ", Decimals.Select(figure => $"case when count({figure.Key}) >= {Clinics} then round(avg({figure.Key}), {figure.Value}) end"))}
            from {"{0}"} group by month having count(*) >= {Clinics}
            """);

    private static string Sql(Store store) =>
        // Each counted once, and visits read once: joined as they stand, the planner counts some of them once a month, and seeks each
        // bill's visit in every month's partition.
        $"""
        with
        visits as materialized (select appointment_id, starts_at, duration_minutes, status, staff_id, patient_id from {store.Schema}.appointments where tenant_id = '{store.Tenant}'),
        seen as materialized (select {Group("visit.starts_at")}, count(*) as visits, sum(visit.duration_minutes) as minutes from visits visit
            where visit.status = 'completed' group by 1),
        due as materialized (select {Group("visit.starts_at")}, count(*) as visits, count(*) filter (where visit.status = 'no_show') as missed from visits visit
            where visit.status in ('completed', 'no_show') group by 1),
        billed as materialized (select {Group("bill.invoiced_on")}, sum(bill.amount) as amount, sum(visit.duration_minutes) as minutes
            from {store.Schema}.invoices bill join visits visit using (appointment_id) where bill.tenant_id = '{store.Tenant}' group by 1),
        assessed as materialized (select {Group("found.recorded_on")}, avg((found.outcome = 'improved')::int) as improved
            from {store.Schema}.outcomes found join visits visit using (appointment_id) where found.tenant_id = '{store.Tenant}' group by 1),
        asked as materialized (select {Group("found.recorded_on")}, avg(found.satisfaction) as score
            from {store.Schema}.outcomes found join visits visit using (appointment_id) where found.tenant_id = '{store.Tenant}' and found.satisfaction is not null group by 1),
        rosters as materialized (select {Month("worked_on")}, sum(rostered_minutes) as minutes, count(distinct staff_id) filter (where rostered_minutes > 0) as clinicians
            from {store.Schema}.shifts where tenant_id = '{store.Tenant}' group by 1)
        select seen.month, clinic.tenant_id, clinic.name as clinic_name, seen.clinicians,
            case when seen.patients >= {Patients} then round(seen.visits::numeric / seen.clinicians, 2) end as appointments_per_clinician,
            case when {Enough("billed")} then round(billed.amount / billed.clinicians, 2) end as revenue_per_clinician,
            case when {Enough("billed")} then round(60 * billed.amount / nullif(billed.minutes, 0), 2) end as revenue_per_hour,
            case when {Enough("due")} then round(due.missed::numeric / due.visits, 4) end as no_show_rate,
            case when rosters.clinicians >= {Clinicians} and seen.patients >= {Patients} then round(seen.minutes::numeric / nullif(rosters.minutes, 0), 4) end as utilisation,
            case when {Enough("assessed")} then round(assessed.improved, 4) end as outcome_rate,
            case when {Enough("asked")} then round(asked.score, 3) end as satisfaction
        from {store.Schema}.clinics clinic
        cross join seen left join due using (month) left join billed using (month) left join assessed using (month) left join asked using (month) left join rosters using (month)
        where clinic.tenant_id = '{store.Tenant}' and seen.clinicians >= {Clinicians}
            and month < date_trunc('month', current_setting('leak_suite.reporting_day')::date)
        """;

    private static string Enough(string group) => $"{group}.clinicians >= {Clinicians} and {group}.patients >= {Patients}";

    private static string Group(string column) => $"{Month(column)}, count(distinct visit.staff_id) as clinicians, count(distinct visit.patient_id) as patients";

    private static string Month(string column) => $"date_trunc('month', {column})::date as month";
}
