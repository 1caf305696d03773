using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>What a tenant was granted goes with its record: who takes the key later inherits nothing.</summary>
public class GrantErasureTests(Databases databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GrantsGoWithTheRecordAndAreCounted()
    {
        var tenant = new Tenant { Key = "granted", Name = "Granted", Kind = "clinic", Isolation = "shared" };
        var erasure = new TenantErasure(databases.Clinics, TextWriter.Null);
        await new StoreProvisioner(databases.Clinics, TextWriter.Null).ProvisionAsync(tenant, Cancellation);
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        await shared.ExecuteAsync(
            """
            insert into shared.dashboards (key) values ('granted-one');
            insert into shared.entitlements (dashboard_key, role, tenant) values
                ('granted-one', 'admin', 'granted'), ('granted-one', 'staff', 'granted'), ('granted-one', 'admin', 'grantednot'), ('granted-one', 'admin', '*')
            """);
        Assert.Equal(2, (await erasure.ProveAsync(tenant.Key, Cancellation)).Left.Single(place => place.Place == "embedstack.shared.entitlements").Left);

        // Not even the grants are gone where the record cannot go.
        await shared.ExecuteAsync("revoke delete on shared.tenants from clinic_loader");
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => erasure.EraseAsync(tenant.Key, Cancellation));
        await shared.ExecuteAsync("grant delete on shared.tenants to clinic_loader");
        Assert.Equal(2, await shared.ScalarAsync<long>("select count(*) from shared.entitlements where tenant = 'granted'"));

        var proof = await erasure.EraseAsync(tenant.Key, Cancellation);

        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
        Assert.Equal(
            ["*", "grantednot"],
            await shared.ListAsync<string>("select tenant from shared.entitlements where dashboard_key = 'granted-one' order by tenant"));
        await shared.ExecuteAsync("delete from shared.dashboards where key = 'granted-one'");
    }
}
