using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;
using Npgsql;

namespace EmbedStack.Databases.Tests.Stores;

/// <summary>A tenant whose storage was not made to the end can be made to the end, and can be erased.</summary>
public class InterruptedTests(Databases databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StoreProvisioner Provisioner => new(databases.Clinics, TextWriter.Null);

    private TenantErasure Erasure => new(databases.Clinics, TextWriter.Null);

    [Theory]
    [InlineData("shared", true)]
    [InlineData("shared", false)]
    [InlineData("schema", true)]
    [InlineData("schema", false)]
    [InlineData("database", true)]
    [InlineData("database", false)]
    public async Task WhatIsLeftIsFinishedOrErased(string isolation, bool finish)
    {
        var tenant = new Tenant { Key = $"half-{isolation}", Name = "Half", Kind = "clinic", Isolation = isolation };
        await InterruptAsync(tenant);
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        Assert.False(await shared.ScalarAsync<bool>($"select enabled from shared.tenants where key = '{tenant.Key}'"));

        if (finish)
        {
            Assert.Equal(Store.Of(tenant), await Provisioner.ProvisionAsync(tenant, Cancellation));
            await using var store = await databases.OpenSuperuserAsync(Store.Of(tenant).Database);
            Assert.Equal(1, await store.ScalarAsync<long>($"select count(*) from {Store.Of(tenant).Schema}.clinics where tenant_id = '{tenant.Key}'"));
        }

        var proof = await Erasure.EraseAsync(tenant.Key, Cancellation);
        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
    }

    [Theory]
    [InlineData("schema")]
    [InlineData("database")]
    public async Task AStoreWithoutARecordIsErasedToo(string isolation)
    {
        var tenant = new Tenant { Key = $"lost-{isolation}", Name = "Lost", Kind = "clinic", Isolation = isolation };
        await Provisioner.ProvisionAsync(tenant, Cancellation);
        await using var shared = await databases.OpenSuperuserAsync("embedstack");
        await shared.ExecuteAsync($"delete from shared.tenants where key = '{tenant.Key}'");

        var proof = await Erasure.EraseAsync(tenant.Key, Cancellation);

        Assert.True(proof.NothingLeft, string.Join(", ", proof.Left));
    }

    [Fact]
    public async Task AKeyThatIsAlmostAnothersErasesNothing()
    {
        var refused = await Assert.ThrowsAsync<ClinicDataException>(() => Erasure.EraseAsync("MANLY", Cancellation));
        Assert.Contains("the name clinic_manly is of 'manly'", refused.Message);
        await using var server = await databases.OpenSuperuserAsync("clinic");
        Assert.NotEqual(0, await server.ScalarAsync<long>("select count(*) from clinic_manly.appointments"));
    }

    [Fact]
    public void AProofThatLookedNowhereProvesNothing()
    {
        Assert.False(new ErasureProof([]).NothingLeft);
        Assert.False(new ErasureProof([new Remainder("cache", 0, "expires")]).NothingLeft);
        Assert.False(new ErasureProof([new Remainder("table", 0), new Remainder("other", 1)]).NothingLeft);
        Assert.True(new ErasureProof([new Remainder("table", 0), new Remainder("note", 1, "so that it stays away")]).NothingLeft);
    }

    // A server that refuses stops it where a kill would: before the tenant's row, or before the policies.
    private async Task InterruptAsync(Tenant tenant)
    {
        var database = tenant.Isolation == "database" ? "clinic_template" : "clinic";
        var (stop, goOn) = tenant.Isolation == "shared"
            ? ("revoke insert on clinic.clinics from clinic_loader", "grant insert on clinic.clinics to clinic_loader")
            : (
                """
                create function public.refuse() returns event_trigger language plpgsql as 'begin raise exception ''stopped''; end';
                create event trigger refuse on ddl_command_end when tag in ('CREATE POLICY') execute function public.refuse()
                """,
                "drop event trigger refuse; drop function public.refuse()");
        await ExecuteAsync(database, stop);
        try
        {
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => Provisioner.ProvisionAsync(tenant, Cancellation));
        }
        finally
        {
            await ExecuteAsync(database, goOn);
            if (tenant.Isolation == "database")
            {
                await ExecuteAsync(Store.Of(tenant).Database, goOn);
            }
        }
    }

    // Nobody may be connected to a template that is copied.
    private async Task ExecuteAsync(string database, string sql)
    {
        await using var server = await databases.OpenSuperuserAsync(database);
        await server.ExecuteAsync(sql);
    }
}
