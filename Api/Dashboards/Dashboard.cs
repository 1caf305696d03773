namespace EmbedStack.Api.Dashboards;

/// <summary>
/// A dashboard of the catalogue: the keys of every dataset that its charts and filters reach, and the roles that may
/// see it while its key is new; later the entitlements table decides.
/// </summary>
internal sealed record Dashboard(
    string Key, string Title, Guid Uuid, Guid EmbeddedUuid, IReadOnlyList<string> Datasets, IReadOnlyList<string> FirstRoles);
