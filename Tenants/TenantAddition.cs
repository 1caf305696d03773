using EmbedStack.ClinicData;
using EmbedStack.ClinicData.Stores;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tenants.Keycloak;
using EmbedStack.Tenants.Records;
using EmbedStack.Tenants.Stack;

namespace EmbedStack.Tenants;

/// <summary>Organization, storage with the tenant's record, first administrator. What is there already stays as it is.</summary>
internal sealed class TenantAddition(RunningStack stack, Terminal terminal)
{
    public async Task RunAsync(NewTenant wanted, CancellationToken cancellation)
    {
        var tenant = wanted.Record;
        var known = await FindSameAsync(tenant, cancellation);

        var storage = new StoreProvisioner(stack.Server, TextWriter.Null);
        await storage.CheckAsync(tenant, cancellation);

        var administrators = new Administrators(stack.Keycloak);
        var organization = await stack.Keycloak.FindOrganizationAsync(tenant.Key, cancellation);
        await administrators.RefuseOthersAsync(tenant.Key, organization, wanted.AdministratorEmail, cancellation);
        terminal.Say("organization", organization is null ? $"{tenant.Key} made" : $"{tenant.Key} is there");
        organization ??= await stack.Keycloak.AddOrganizationAsync(tenant.Key, tenant.Name, cancellation);

        var store = await storage.ProvisionAsync(tenant, cancellation);
        terminal.Say("storage", $"{tenant.Isolation}: database {store.Database}, schema {store.Schema}");

        var password = await administrators.EnsureAsync(organization, wanted.AdministratorEmail, cancellation);
        await stack.Keycloak.SetEnabledAsync(organization, enabled: true, cancellation);
        if (await stack.Records.SetEnabledAsync(tenant.Key, enabled: true, cancellation))
        {
            terminal.Say("record", known is null ? "enabled" : "enabled again");
        }

        terminal.Say("administrator", password is null
            ? $"{wanted.AdministratorEmail} is there"
            : $"{wanted.AdministratorEmail} password {password}  (shown once; to be changed at the first sign-in)");
    }

    private async Task<TenantRecord?> FindSameAsync(Tenant wanted, CancellationToken cancellation)
    {
        var record = await stack.Records.FindAsync(wanted.Key, cancellation);
        if (record is { } known
            && (known.Name, known.Kind, known.Isolation) != (wanted.Name, wanted.Kind, wanted.Isolation))
        {
            throw new JobException(
                $"tenant '{wanted.Key}' is there already: {known.Name}, {known.Kind}, isolation {known.Isolation}. Next: choose another --key");
        }

        return record;
    }
}
