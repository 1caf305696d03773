using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

public class StoreTests(Databases databases)
{
    private static readonly (Tenant Tenant, Store Store)[] Added =
    [
        (Clinic("new-shared", "shared"), new Store("clinic", "clinic")),
        (Clinic("new-schema", "schema"), new Store("clinic", "clinic_new_schema")),
        (Clinic("new-database", "database"), new Store("clinic_new_database", "clinic")),
    ];

    [Fact]
    public async Task TenantsOfEveryIsolationComeAndStayAndGo()
    {
        foreach (var (tenant, store) in Added)
        {
            Assert.Equal(store, await ProvisionAsync(tenant));
            await AssertReadyAsync(tenant.Key, store);
        }

        // A load of the demo's clinics takes nothing from the others.
        Assert.Equal((0, ""), await LoadAgainAsync());

        foreach (var (tenant, store) in Added)
        {
            Assert.Equal(1, await CountAppointmentsAsync(tenant.Key, store));
            await AssertErasedAsync(tenant.Key);
        }

        await using var server = await databases.OpenSuperuserAsync("clinic");
        Assert.Equal(0, await server.ScalarAsync<long>("select count(*) from pg_database where datname = 'clinic_new_database'"));
        Assert.Equal(0, await server.ScalarAsync<long>("select count(*) from pg_namespace where nspname = 'clinic_new_schema'"));
    }

    [Fact]
    public async Task WhatWasErasedOfTheDemoStaysAwayUntilItIsAddedAgain()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        const string Clinics = "select count(distinct tenant_id) from network.network_daily";
        var patient = await server.ScalarAsync<long>(
            "select patient_id from clinic.outcomes where tenant_id = 'bondi' group by 1 order by count(*) desc, 1 limit 1");
        var patients = new PatientErasure(databases.Clinics, TextWriter.Null);

        await AssertErasedAsync("manly");
        await AssertPatientErasedAsync(patients, patient);
        Assert.Equal(11, await server.ScalarAsync<long>(Clinics));

        Assert.Equal((0, ""), await LoadAgainAsync());
        Assert.True((await Erasure.ProveAsync("manly", TestContext.Current.CancellationToken)).NothingLeft);
        Assert.True((await patients.ProveAsync("bondi", patient, TestContext.Current.CancellationToken)).NothingLeft);

        await ProvisionAsync(new Tenant { Key = "manly", Name = "Manly Skin and Dermatology", Kind = "clinic", Isolation = "schema" });
        await server.ExecuteAsync("delete from clinic_load.erased_patients");
        Assert.Equal((0, ""), await LoadAgainAsync());
        Assert.NotEqual(0, await server.ScalarAsync<long>("select count(*) from clinic_manly.appointments"));
        Assert.Equal(12, await server.ScalarAsync<long>(Clinics));
    }

    [Theory]
    [InlineData("load", "schema", "neither load nor template")]
    [InlineData("a b", "shared", "key must be")]
    [InlineData("x'; drop schema clinic cascade; --", "schema", "key must be")]
    [InlineData("Manly", "schema", "would share the name clinic_manly with 'manly'")]
    [InlineData("Bondi", "shared", "would share the name clinic_bondi with 'bondi'")]
    [InlineData("sydney_network", "database", "would share the name clinic_sydney_network with 'sydney-network'")]
    [InlineData("manly", "database", "exists as clinic with isolation schema")]
    public async Task WhatCannotBeProvisionedIsRefused(string key, string isolation, string cause)
    {
        var refused = await Assert.ThrowsAsync<ClinicDataException>(
            () => ProvisionAsync(new Tenant { Key = key, Name = "X", Kind = "clinic", Isolation = isolation }));
        Assert.Contains(cause, refused.Message);
    }

    private TenantErasure Erasure => new(databases.Clinics, TextWriter.Null);

    private static Tenant Clinic(string key, string isolation) => new() { Key = key, Name = key, Kind = "clinic", Isolation = isolation };

    private Task<Store> ProvisionAsync(Tenant tenant) =>
        new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(tenant, TestContext.Current.CancellationToken);

    private async Task<(int, string)> LoadAgainAsync()
    {
        var run = await databases.LoadAsync(["--reseed"]);
        return (run.ExitCode, run.Error);
    }

    private async Task AssertReadyAsync(string key, Store store)
    {
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        await shared.ExecuteAsync($"update shared.tenants set enabled = false where key = '{key}'");
        await ProvisionAsync(Added.Single(added => added.Tenant.Key == key).Tenant);
        Assert.False(await shared.ScalarAsync<bool>($"select enabled from shared.tenants where key = '{key}'"));

        await Visits.AddAsync(databases, key, store, 999_000_001);
        await using (var reader = await databases.OpenReaderAsync(key, "admin", null, "clinic_reader", store.Database, store.Schema))
        {
            Assert.Equal([key], await reader.ListAsync<string>("select distinct tenant_id from staff_assignments"));
            Assert.Equal([key], await reader.ListAsync<string>("select distinct tenant_id from appointment_facts"));
        }

        await using var server = await databases.OpenSuperuserAsync(store.Database);
        Assert.Empty(await server.ListAsync<string>(Wall.Catalogue.UnguardedRelations("clinic_reader")));
        Assert.False(await server.ScalarAsync<bool>(
            "select has_function_privilege('clinic_reader', 'set_config(text,text,boolean)', 'execute')"));
        Assert.False((await Erasure.ProveAsync(key, TestContext.Current.CancellationToken)).NothingLeft);
    }

    private async Task AssertErasedAsync(string key)
    {
        var proof = await Erasure.EraseAsync(key, TestContext.Current.CancellationToken);
        Assert.True(proof.NothingLeft, string.Join(", ", proof.Places.Where(place => place is { Left: > 0, Kept: null })));
        foreach (var place in new[] { "clinic.network.network_daily", "clinic.clinic.appointments", "embedstack.shared.tenants", "embedstack.shared.entitlements" })
        {
            Assert.Contains(proof.Places, searched => searched.Place == place);
        }

        Assert.True((await Erasure.EraseAsync(key, TestContext.Current.CancellationToken)).NothingLeft);
    }

    private async Task AssertPatientErasedAsync(PatientErasure erasure, long patient)
    {
        await using var clinic = await databases.OpenSuperuserAsync("clinic");
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        const string Version = "select version from shared.data_version where name = 'clinic'";
        const string Daily = "select sum(appointments)::bigint from network.network_daily where tenant_id = 'bondi'";
        var appointments = await clinic.ScalarAsync<long>($"select count(*) from clinic.appointments where patient_id = {patient}");
        var (daily, version) = (await clinic.ScalarAsync<long>(Daily), await shared.ScalarAsync<long>(Version));
        Assert.False((await erasure.ProveAsync("bondi", patient, TestContext.Current.CancellationToken)).NothingLeft);

        var proof = await erasure.EraseAsync("bondi", patient, TestContext.Current.CancellationToken);

        Assert.True(proof.NothingLeft, string.Join(", ", proof.Places.Where(place => place is { Left: > 0, Kept: null })));
        foreach (var table in new[] { "patients", "staff_assignments", "appointments", "invoices", "payments", "outcomes" })
        {
            Assert.Contains(proof.Places, place => place.Place == $"clinic.clinic.{table}");
            Assert.Contains(proof.Places, place => place.Place == $"clinic_hurstville.clinic.{table}");
        }

        Assert.Equal(daily - appointments, await clinic.ScalarAsync<long>(Daily));
        Assert.Equal(version + 2, await shared.ScalarAsync<long>(Version));
        Assert.Equal(0, await clinic.ScalarAsync<long>(
            """
            select count(*) from clinic.shifts left join (
                select staff_id, appointment_date, count(*) n, sum(duration_minutes) filter (where status = 'completed') clinical
                from clinic.appointments where tenant_id = 'bondi' group by 1, 2) counted
            on counted.staff_id = shifts.staff_id and appointment_date = worked_on
            where tenant_id = 'bondi' and (appointments, clinical_minutes) is distinct from (coalesce(n, 0), coalesce(clinical, 0))
            """));
    }

    private async Task<long> CountAppointmentsAsync(string key, Store store)
    {
        await using var server = await databases.OpenSuperuserAsync(store.Database);
        return await server.ScalarAsync<long>($"select count(*) from {store.Schema}.appointments where tenant_id = '{key}'");
    }
}
