using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Oracle;

/// <summary>
/// Whose rows are whose, written a second time and by hand: neither the catalogue's rules nor the database's policies
/// are asked.
/// </summary>
internal static class OwnRows
{
    /// <returns>A query for the person's rows of a dataset, or null where there is nothing to see.</returns>
    public static string? Sql(string dataset, Person person)
    {
        var schema = Store.Of(person).Schema;
        var clinic = $"facts.tenant_id = '{person.Tenant}'";
        var colleague = $"facts.staff_id = '{person.StaffId}'";
        var treated = $"exists (select from {schema}.staff_assignments own where own.tenant_id = '{person.Tenant}' and own.staff_id = '{person.StaffId}' and own.patient_id = facts.patient_id)";
        return (dataset, person.Role) switch
        {
            ("appointments", "admin" or "staff") => $"select * from {schema}.appointment_facts facts where {clinic}",
            ("appointments", "clinician") => $"select * from {schema}.appointment_facts facts where {clinic} and {colleague} and {treated}",
            ("revenue", "admin") => $"select * from {schema}.revenue_facts facts where {clinic}",
            ("revenue", "clinician") => $"select * from {schema}.revenue_facts facts where {clinic} and {colleague}",
            ("staff_utilisation", "admin" or "staff") => $"select * from {schema}.staff_utilisation facts where {clinic}",
            ("staff_utilisation", "clinician") => $"select * from {schema}.staff_utilisation facts where {clinic} and {colleague}",
            ("outcomes", "admin") => $"select * from {schema}.outcome_facts facts where {clinic}",
            ("outcomes", "clinician") => $"select * from {schema}.outcome_facts facts where {clinic} and {treated}",
            ("benchmarks", "admin" or "clinician") => $"select * from {schema}.clinic_benchmarks facts where {clinic} or facts.tenant_id is null",
            ("benchmarks", "network") => $"select * from {schema}.clinic_benchmarks facts",
            ("network_daily", "network") => $"select * from {schema}.network_daily facts",
            _ => null,
        };
    }
}
