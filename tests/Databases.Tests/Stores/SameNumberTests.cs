using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>Two clinics gave a number to two people: erasing one of them leaves the other alone.</summary>
public sealed class SameNumberTests(Databases databases) : IAsyncLifetime
{
    // A clinic whose rows are generated, and one of the same isolation whose rows are not.
    private static readonly (Tenant Generated, Tenant Twin)[] Pairs =
    [
        (Clinic("bondi", "shared"), Clinic("twin-shared", "shared")),
        (Clinic("manly", "schema"), Clinic("twin-schema", "schema")),
        (Clinic("hurstville", "database"), Clinic("twin-database", "database")),
    ];

    private readonly Dictionary<string, long> _patients = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PatientErasure Patients => new(databases.Clinics, TextWriter.Null);

    public async ValueTask InitializeAsync()
    {
        foreach (var (generated, twin) in Pairs)
        {
            await new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(twin, Cancellation);
            var store = Store.Of(generated);
            await using var server = await databases.OpenSuperuserAsync(store.Database);
            var patient = await server.ScalarAsync<long>(
                $"select patient_id from {store.Schema}.outcomes where tenant_id = '{generated.Key}' group by 1 order by count(*) desc, 1 limit 1");
            _patients.Add(generated.Key, patient);
            await Visits.AddAsync(databases, twin.Key, Store.Of(twin), patient);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, twin) in Pairs)
        {
            await new TenantErasure(databases.Clinics, TextWriter.Null).EraseAsync(twin.Key, Cancellation);
        }

        await using var server = await databases.OpenSuperuserAsync("clinic");
        await server.ExecuteAsync("delete from clinic_load.erased_patients");
        await LoadAgainAsync();
    }

    [Fact]
    public async Task NumbersOfOtherPeopleAreRefusedWhileSomebodyIsErased()
    {
        var generated = Pairs[0].Generated;
        await EraseAsync(generated, generated);
        await using var server = await databases.OpenSuperuserAsync("clinic");
        var before = await server.ScalarAsync<string>("select loads::text from clinic_load.loads");

        foreach (var other in new[] { ("ClinicData__Seed", "2"), ("ClinicData__Scale", "demo") })
        {
            var run = await databases.LoadAsync(["--reseed"], other);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("erased patients: 1, of rows of 'small, seed 1", Assert.Single(run.ErrorLines));
            Assert.Equal(before, await server.ScalarAsync<string>("select loads::text from clinic_load.loads"));
        }

        Assert.Contains("erased patients stay away: 1", (await databases.LoadAsync(["--reseed"])).Output);
    }

    [Fact]
    public async Task OnlyTheOneThatIsNamedGoesAndOnlyThatOneStaysAway()
    {
        var visits = new Dictionary<string, long>();
        foreach (var (generated, twin) in Pairs)
        {
            visits.Add(generated.Key, await CountAsync(generated, generated));
            await EraseAsync(twin, generated);
            Assert.Equal((visits[generated.Key], 0), (await CountAsync(generated, generated), await CountAsync(twin, generated)));
        }

        await LoadAgainAsync();
        foreach (var (generated, twin) in Pairs)
        {
            Assert.NotEqual(0, visits[generated.Key]);
            Assert.Equal((visits[generated.Key], 0), (await CountAsync(generated, generated), await CountAsync(twin, generated)));
            await Visits.AddAsync(databases, twin.Key, Store.Of(twin), _patients[generated.Key]);
        }

        foreach (var (generated, twin) in Pairs)
        {
            await EraseAsync(generated, generated);
            Assert.Equal((0, 1), (await CountAsync(generated, generated), await CountAsync(twin, generated)));
        }

        await LoadAgainAsync();
        foreach (var (generated, twin) in Pairs)
        {
            Assert.Equal((0, 1), (await CountAsync(generated, generated), await CountAsync(twin, generated)));
            Assert.True((await Patients.ProveAsync(generated.Key, _patients[generated.Key], Cancellation)).NothingLeft);
            Assert.False((await Patients.ProveAsync(twin.Key, _patients[generated.Key], Cancellation)).NothingLeft);
        }
    }

    [Fact]
    public async Task AnErasureOfTheTimeWithoutTenantsHoldsForTheDemosClinicsAlone()
    {
        await using var server = await databases.OpenSuperuserAsync("clinic");
        var (generated, twin) = Pairs[0];
        await server.ExecuteAsync(
            $"""
            drop table clinic_load.erased_patients;
            create table clinic_load.erased_patients (patient_id bigint primary key, erased_at timestamptz not null default now());
            alter table clinic_load.erased_patients owner to clinic_owner;
            insert into clinic_load.erased_patients values ({_patients[generated.Key]})
            """);

        await LoadAgainAsync();

        Assert.Equal((0, 1), (await CountAsync(generated, generated), await CountAsync(twin, generated)));
    }

    private static Tenant Clinic(string key, string isolation) => new() { Key = key, Name = key, Kind = "clinic", Isolation = isolation };

    private Task<long> CountAsync(Tenant tenant, Tenant generated) =>
        Visits.CountAsync(databases, tenant.Key, Store.Of(tenant), _patients[generated.Key]);

    private async Task EraseAsync(Tenant tenant, Tenant generated)
    {
        var patient = _patients[generated.Key];
        Assert.True(await Patients.IsKnownAsync(tenant.Key, patient, Cancellation));
        Assert.False(await Patients.IsKnownAsync("newtown", patient, Cancellation));
        var proof = await Patients.EraseAsync(tenant.Key, patient, Cancellation);
        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
    }

    private async Task LoadAgainAsync()
    {
        var run = await databases.LoadAsync(["--reseed"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
