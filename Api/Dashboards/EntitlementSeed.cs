using EmbedStack.Api.Audit;
using EmbedStack.Api.Dashboards.Entitlements;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Dashboards;

/// <summary>
/// Gives each new key of the catalogue the roles that its file names, once: a version of the entitlements like any other, and
/// nobody's in the audit. A file that is wrong stops the start.
/// </summary>
internal sealed class EntitlementSeed(EntitlementStore store, AuditLog audit, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.AddNewAsync(
        CatalogueFile.Read(configuration.GetRequired<string>("Catalog:File")).Dashboards,
        (version, change) => audit.WriteAsync(change.In(new AuditEvent(AuditKind.EntitlementChange, true), version), cancellationToken),
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
