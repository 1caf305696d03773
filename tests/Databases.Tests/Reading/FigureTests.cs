using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Reading;

/// <summary>The network's figures against what stands in the clinics' own tables.</summary>
public class FigureTests(Databases databases)
{
    [Theory]
    [InlineData("northside", "clinic", "clinic")]
    [InlineData("manly", "clinic", "clinic_manly")]
    [InlineData("hurstville", "clinic_hurstville", "clinic")]
    public async Task DaysAddUp(string tenant, string database, string schema)
    {
        await using var store = await databases.OpenSuperuserAsync(database);
        await using var network = await databases.OpenSuperuserAsync("clinic");
        var own = await store.ScalarAsync<string>(
            $"""
            select concat_ws(' ',
                (select count(*) || ' ' || count(*) filter (where status = 'no_show') || ' ' || sum(is_new_patient) from {schema}.appointments where tenant_id = '{tenant}'),
                (select sum(amount) || ' ' || sum(paid_amount) || ' ' || count(*) filter (where payment_status = 'overdue') from {schema}.invoices where tenant_id = '{tenant}'),
                (select sum(clinical_minutes)::text from {schema}.shifts where tenant_id = '{tenant}'),
                (select count(*) || ' ' || sum(satisfaction) || ' ' || sum(follow_up_on_time) from {schema}.outcomes where tenant_id = '{tenant}'))
            """);

        Assert.Equal(own, await network.ScalarAsync<string>(
            $"""
            select concat_ws(' ', sum(appointments), sum(no_shows), sum(new_patients), sum(revenue), sum(collected), sum(overdue_invoices),
                sum(clinical_minutes), sum(assessments), sum(satisfaction_sum), sum(follow_ups_on_time))
            from network.network_daily where tenant_id = '{tenant}'
            """));
    }

    [Fact]
    public async Task SmallGroupsHaveNoBenchmarks()
    {
        await using var network = await databases.OpenSuperuserAsync("clinic");
        Assert.Equal(0, await network.ScalarAsync<long>("select count(*) from network.clinic_benchmarks where tenant_id = 'newtown'"));
        Assert.Equal(0, await network.ScalarAsync<long>("select count(*) from network.clinic_benchmarks where clinicians < 5"));
        Assert.Equal(0, await network.ScalarAsync<long>(
            """
            select count(*) from network.clinic_benchmarks average where scope = 'network' and 3 >
                (select count(*) from network.clinic_benchmarks clinic where scope = 'clinic' and clinic.month = average.month)
            """));
        Assert.InRange(
            await network.ScalarAsync<long>("select count(*) from network.clinic_benchmarks where scope = 'network'"), 12, 14);
    }

    public static TheoryData<string> Measures =>
    [
        "appointments_per_clinician", "revenue_per_clinician", "revenue_per_hour", "no_show_rate", "utilisation", "outcome_rate", "satisfaction",
    ];

    [Theory]
    [MemberData(nameof(Measures))]
    public async Task TheAverageOfAMeasureRestsOnThreeClinicsThatHaveIt(string measure)
    {
        await using var network = await databases.OpenSuperuserAsync("clinic");
        await using var transaction = await network.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await network.ExecuteAsync(
            $"""
            set local search_path = network;
            delete from clinic_benchmarks where month <> (select max(month) from clinic_benchmarks);
            update clinic_benchmarks set {measure} = null where scope = 'clinic';
            update clinic_benchmarks set {measure} = 0.5 where tenant_id in ('northside', 'harbour')
            """);
        Assert.True(await AverageIsNullAsync());

        await network.ExecuteAsync($"update clinic_benchmarks set {measure} = 0.5 where tenant_id = 'parramatta'");
        Assert.False(await AverageIsNullAsync());
        Assert.Equal(0, await network.ScalarAsync<long>(
            "select count(*) from clinic_benchmarks where scope = 'network' and num_nonnulls(appointments_per_clinician, revenue_per_clinician, revenue_per_hour, no_show_rate, utilisation, outcome_rate, satisfaction) < 7"));

        async Task<bool> AverageIsNullAsync()
        {
            await network.ExecuteAsync(SqlFiles.Read("network_average.sql"));
            return await network.ScalarAsync<bool>($"select {measure} is null from clinic_benchmarks where scope = 'network'");
        }
    }

    [Theory]
    [InlineData("clinic", "clinic", 10)]
    [InlineData("clinic", "clinic_manly", 1)]
    [InlineData("clinic_hurstville", "clinic", 1)]
    public async Task EveryStoreHoldsItsOwnBenchmarksAndTheAverageAlone(string database, string schema, int clinics)
    {
        await using var store = await databases.OpenSuperuserAsync(database);
        Assert.Equal(clinics, await store.ScalarAsync<long>($"select count(*) from {schema}.clinics"));
        Assert.Equal(0, await store.ScalarAsync<long>(
            $"select count(*) from {schema}.clinic_benchmarks where scope = 'clinic' and tenant_id not in (select tenant_id from {schema}.clinics)"));
        Assert.NotEqual(0, await store.ScalarAsync<long>($"select count(*) from {schema}.clinic_benchmarks where scope = 'network'"));
    }
}
