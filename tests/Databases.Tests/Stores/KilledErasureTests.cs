using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>An erasure that is stopped half way: caches have forgotten by then, and the next start has them forget once more.</summary>
public class KilledErasureTests(Databases databases)
{
    private const string Version = "select version from shared.data_version where name = 'clinic'";
    private const long Patient = 999_000_003;

    private static readonly Tenant Tenant = new() { Key = "killed", Name = "Killed", Kind = "clinic", Isolation = "shared" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("patient")]
    [InlineData("tenant")]
    public async Task CachesAreToldBeforeTheFirstRowGoesAndAfterTheLast(string erased)
    {
        await new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(Tenant, Cancellation);
        await Visits.AddAsync(databases, Tenant.Key, Store.Shared, Patient);
        await using var server = await databases.OpenSuperuserAsync("clinic");
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        var before = await shared.ScalarAsync<long>(Version);

        // The clinic's rows are gone when the network's figures refuse: a kill in between.
        await server.ExecuteAsync("revoke delete on network.network_daily from clinic_loader");
        try
        {
            await Assert.ThrowsAsync<PostgresException>(() => EraseAsync(erased));
        }
        finally
        {
            await server.ExecuteAsync("grant delete on network.network_daily to clinic_loader");
        }

        Assert.Equal(0, await Visits.CountAsync(databases, Tenant.Key, Store.Shared, Patient));
        Assert.Equal(before + 1, await shared.ScalarAsync<long>(Version));

        Assert.Contains("up to date", (await databases.LoadAsync()).Output);
        Assert.Equal(before + 2, await shared.ScalarAsync<long>(Version));

        Assert.True((await EraseAsync(erased)).NothingLeft);
        Assert.True((await EraseAsync("tenant")).NothingLeft);
    }

    private Task<ErasureProof> EraseAsync(string what) => what == "tenant"
        ? new TenantErasure(databases.Clinics, TextWriter.Null).EraseAsync(Tenant.Key, Cancellation)
        : new PatientErasure(databases.Clinics, TextWriter.Null).EraseAsync(Tenant.Key, Patient, Cancellation);
}
