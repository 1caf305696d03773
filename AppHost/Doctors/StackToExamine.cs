using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Doctors;

/// <summary>This stack, as the doctor enters it.</summary>
internal sealed class StackToExamine(
    StackSettings settings, StackSecrets secrets, ReferenceExpression app, ReferenceExpression authors, ApiInstances apis,
    IResourceBuilder<IResourceWithServiceDiscovery> keycloak, IResourceBuilder<ISupersetResource> superset,
    IResourceBuilder<IResourceWithConnectionString> supersetDb, IResourceBuilder<IResourceWithConnectionString> sharedDb)
{
    /// <exception cref="DistributedApplicationException">It has not come far enough.</exception>
    public async Task<StackPatient> FindAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var endpoints = new[] { apis.First.GetEndpoint("http"), apis.Embed.GetEndpoint("embed"), keycloak.GetEndpoint("http"), superset.GetEndpoint("http") };
        if (endpoints.Any(endpoint => !endpoint.IsAllocated))
        {
            throw new DistributedApplicationException("The stack has no addresses yet.");
        }

        var notifications = services.GetRequiredService<ResourceNotificationService>();
        return new StackPatient(
            new StackFacts
            {
                App = new Uri(await TextAsync(app)),
                Authors = new Uri(await TextAsync(authors)),
                Api = Address(endpoints[0]),
                Embed = Address(endpoints[1]),
                Keycloak = Address(endpoints[2]),
                Superset = Address(endpoints[3]),
                SupersetIngress = await TextAsync(secrets.SupersetIngress.Resource),
                ServicePasswords = [await TextAsync(Rotated(secrets.ServiceAccount))],
                MachineSecrets = [await TextAsync(Rotated(secrets.IntegrationClient))],
                Parts = [.. services.GetRequiredService<DistributedApplicationModel>().Resources.Select(resource => PartOf(resource.Name, notifications))],
                Catalogue = CatalogueEntry.Read(Path.Combine(superset.ApplicationBuilder.AppHostDirectory, "../SupersetContainer/assets/catalog.yaml")),
            },
            new StoredContents(
                await supersetDb.Resource.GetConnectionStringAsync(cancellation) ?? "",
                await sharedDb.Resource.GetConnectionStringAsync(cancellation) ?? "",
                StackPatient.ServiceAccount),
            PeerClient.Create(settings.IsHttps ? OriginCertificate.Of(settings).AuthorityFile : null));

        async Task<string> TextAsync(IValueProvider provider) => await provider.GetValueAsync(cancellation) ?? "";
    }

    private RotatedSecret Rotated(IResourceBuilder<ParameterResource> secret) => new(secret.Resource, superset.ApplicationBuilder);

    private static Uri Address(EndpointReference endpoint) => new($"{endpoint.Url.TrimEnd('/')}/");

    private static PartState PartOf(string name, ResourceNotificationService notifications) => notifications.TryGetCurrentState(name, out var state)
        ? new PartState(name, state.Snapshot.State?.Text ?? "Starting", state.Snapshot.HealthStatus?.ToString() ?? "-")
        : new PartState(name, "not there", "-");
}
