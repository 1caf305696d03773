using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Tenancy;

/// <summary>A patient's rows go, and with them every figure that counted them.</summary>
public sealed class PatientErasureTests(StackFixture stack)
{
    private const string Tenant = "parramatta";

    [Fact]
    public async Task PatientGoesOutOfRowsFiguresAndCaches()
    {
        var tool = new TenantsTool(stack);
        var patient = await Superuser.ScalarInAsync<long>(
            stack, "clinic", "select patient_id from clinic.appointments where tenant_id = $1 group by 1 order by count(*) desc, 1 limit 1", Tenant);
        var name = await Superuser.ScalarInAsync<string>(
            stack, "clinic", "select name from clinic.patients where tenant_id = $1 and patient_id = $2", Tenant, patient);
        var before = await FiguresAsync();
        var version = await VersionAsync();

        string[] erase = ["patient-erase", "--tenant", Tenant, "--id", $"{patient}"];
        var other = await tool.RunAsync("patient-erase", "--tenant", "bondi", "--id", $"{patient}", "--yes", "true");
        Assert.Contains($"'bondi' has no patient {patient}", other.Error, StringComparison.Ordinal);
        Assert.Contains("nobody can be asked", (await tool.RunAsync(erase)).Error, StringComparison.Ordinal);
        Assert.Equal(before, await FiguresAsync());

        var proof = await tool.SucceedAsync([.. erase, "--yes", "true"]);

        Assert.Contains($"Nothing is left of patient {patient} of '{Tenant}'.", proof, StringComparison.Ordinal);
        Assert.Contains("checked          clinic.clinic.appointments: nothing", proof, StringComparison.Ordinal);
        Assert.Equal(0, await Superuser.ScalarInAsync<long>(stack, "clinic", "select count(*) from clinic.appointments where patient_id = $1", patient));
        Assert.Equal(0, await Superuser.ScalarInAsync<long>(stack, "clinic", "select count(*) from clinic.invoices where patient_id = $1", patient));
        Assert.Equal(0, await Superuser.ScalarInAsync<long>(stack, "clinic", "select count(*) from clinic.patients where patient_id = $1", patient));
        Assert.Empty(await NamingRows.ReadAsync(stack, name));
        var after = await FiguresAsync();
        Assert.True(after < before, $"The network counts {after} appointments, before it counted {before}.");
        Assert.Equal(await Superuser.ScalarInAsync<long>(stack, "clinic", "select count(*) from clinic.appointments where tenant_id = $1", Tenant), after);
        Assert.True(await VersionAsync() > version, "Caches were not told.");
        await tool.SucceedAsync([.. erase, "--yes", "true"]);
    }

    private Task<long> FiguresAsync() =>
        Superuser.ScalarInAsync<long>(stack, "clinic", "select sum(appointments) from network.network_daily where tenant_id = $1", Tenant);

    private Task<long> VersionAsync() =>
        Superuser.ScalarAsync<long>(stack, "embedstack-db", "select version from shared.data_version where name = 'clinic'");
}
