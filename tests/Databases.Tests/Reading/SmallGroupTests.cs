using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.Databases.Tests.Reading;

/// <summary>A clinic's average of a month is shown where five clinicians and ten patients are behind it, measure by measure.</summary>
public class SmallGroupTests(Databases databases)
{
    private static readonly string[] Measures =
    [
        "appointments_per_clinician", "revenue_per_clinician", "revenue_per_hour", "no_show_rate", "utilisation", "outcome_rate", "satisfaction",
    ];

    // So many clinicians and patients, each with each, in appointments, invoices, shifts, assessments and answers.
    [Theory]
    [InlineData("", 5, 10, 5, 10, 5, 5, 10, 5, 10)]
    [InlineData("appointments_per_clinician no_show_rate utilisation", 5, 9, 5, 10, 5, 5, 10, 5, 10)]
    [InlineData("revenue_per_clinician revenue_per_hour", 5, 10, 5, 9, 5, 5, 10, 5, 10)]
    [InlineData("revenue_per_clinician revenue_per_hour", 5, 10, 4, 10, 5, 5, 10, 5, 10)]
    [InlineData("utilisation", 5, 10, 5, 10, 4, 5, 10, 5, 10)]
    [InlineData("outcome_rate satisfaction", 5, 10, 5, 10, 5, 5, 9, 5, 9)]
    [InlineData("outcome_rate satisfaction", 5, 10, 5, 10, 5, 4, 10, 4, 10)]
    [InlineData("satisfaction", 5, 10, 5, 10, 5, 5, 10, 5, 9)]
    [InlineData("satisfaction", 5, 10, 5, 10, 5, 5, 10, 4, 10)]
    public async Task AMeasureOfFewIsNull(
        string nulls, int seen, int seenBy, int billed, int billedTo, int rostered, int assessed, int assessedOf, int asked, int answered)
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await server.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await AddClinicAsync(server);
        await server.ExecuteAsync(
            $"""
            insert into appointments
            select '2026-10-07 09:00', 100 * s + p, p, '2026-10-07', -26, 30, 1, 0, 9, null, 'few', 'Few', 'few-' || s, 'Dr', 'General',
                '35-49', 'Visit', 'General', 'Medicare', 'public', 'Online', 'completed', '3 Wed', 'Room 1', 100
            from generate_series(1, {seen}) s, generate_series(1, {seenBy}) p;
            insert into invoices
            select 100 * s + p, 100 * s + p, p, '2026-10-07', null, 30, 'few', 'Few', 'few-' || s, 'Dr', 'General', 'Visit', 'General',
                'Medicare', 'public', 'outstanding', 100, 0
            from generate_series(1, {billed}) s, generate_series(1, {billedTo}) p;
            insert into shifts
            select '2026-10-07', -26, 480, 480, 300, 300, 0, 10, 10, 'few', 'Few', 'few-' || s, 'Dr', 'General', '3 Wed'
            from generate_series(1, {rostered}) s;
            insert into outcomes
            select 100 * s + p, 100 * s + p, p, '2026-10-07', 0, 0, 0, case when s <= {asked} and p <= {answered} then 8 end, 'few', 'Few',
                'few-' || s, 'Dr', 'General', '35-49', 'Visit', 'General', 'improved', 30, 40
            from generate_series(1, {assessed}) s, generate_series(1, {assessedOf}) p;
            create temporary table figures (like network.clinic_benchmarks);
            """);
        await server.ExecuteAsync($"insert into figures {SqlFiles.Read("monthly_figures.sql")}");

        var missing = new List<string>();
        foreach (var measure in Measures)
        {
            if (await server.ScalarAsync<bool>($"select {measure} is null from figures"))
            {
                missing.Add(measure);
            }
        }

        Assert.Equal(nulls, string.Join(' ', missing));
    }

    private static Task AddClinicAsync(NpgsqlConnection server) => server.ExecuteAsync(
        """
        set local search_path = clinic;
        set local embedstack.tenant = 'few';
        set local embedstack.reporting_day = '2026-11-02';
        insert into clinics (tenant_id, name) values ('few', 'Few');
        insert into staff select 'few', 'few-' || s, 'Dr', 'General', 'clinician', '2026-01-01' from generate_series(1, 5) s;
        insert into patients select p, 1980, 'few', 'Pat', 'Glebe' from generate_series(1, 10) p
        """);
}
