using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Stack;

/// <summary>The clinic database read as the server's superuser: the independent account of what each clinic owns.</summary>
internal static class ClinicDatabase
{
    /// <summary>Missed appointments as a percentage of those that were due, to one decimal.</summary>
    public static Task<decimal> NoShowRateAsync(StackFixture stack, string tenant) =>
        ScalarAsync<decimal>(
            stack,
            """
            select round(100.0 * count(*) filter (where status = 'no_show') / count(*) filter (where status in ('no_show', 'completed')), 1)
            from clinic.appointments where tenant_id = $1
            """,
            tenant);

    /// <summary>Each clinician's name, appointments and attended appointments, as "name|1,234|1,000", in ordinal order.</summary>
    public static async Task<string[]> ClinicianRowsAsync(StackFixture stack, string tenant) =>
        await ScalarAsync<string[]>(
            stack,
            """
            select array_agg(line order by line collate "C")
            from (
                select concat_ws('|', s.name, to_char(count(*), 'FM999,999'), to_char(count(*) filter (where a.status = 'completed'), 'FM999,999')) as line
                from clinic.appointments a join clinic.staff s using (tenant_id, staff_id)
                where a.tenant_id = $1 group by s.staff_id, s.name) clinicians
            """,
            tenant);

    public static Task<long> AppointmentsAsync(StackFixture stack, string tenant) =>
        ScalarAsync<long>(stack, "select count(*) from clinic.appointments where tenant_id = $1", tenant);

    private static Task<T> ScalarAsync<T>(StackFixture stack, string sql, string tenant) =>
        Superuser.ScalarAsync<T>(stack, ResourceNames.ClinicDatabase, sql, tenant);
}
