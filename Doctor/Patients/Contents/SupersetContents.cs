namespace EmbedStack.Doctor.Patients.Contents;

/// <summary>What stands in Superset's own database about embedding, and what it published of it.</summary>
/// <param name="Dashboards">All dashboards.</param>
/// <param name="Charts">All charts, once for each dashboard they are on.</param>
/// <param name="Datasets">All datasets.</param>
/// <param name="Roles">Each role's permissions, as <c>permission on view</c>.</param>
/// <param name="ServiceRoles">The roles of the Api's account; null where there is none that may sign in.</param>
/// <param name="Published">The numbers that the Api knows this installation's dashboards and datasets by.</param>
internal sealed record SupersetContents(
    IReadOnlyList<StoredDashboard> Dashboards,
    IReadOnlyList<StoredChart> Charts,
    IReadOnlyList<StoredDataset> Datasets,
    IReadOnlyDictionary<string, IReadOnlySet<string>> Roles,
    IReadOnlySet<string>? ServiceRoles,
    IReadOnlyList<PublishedId> Published);

/// <summary>A dashboard, with one of its embeddings; as many as it has.</summary>
internal sealed record StoredDashboard(int Id, Guid Uuid, Guid? EmbeddedId, string? AllowedDomains, string? Metadata);

/// <summary>A chart on a dashboard.</summary>
internal sealed record StoredChart(int Id, int DashboardId, int DatasetId, string Name, string? QueryContext);

/// <summary>A dataset; virtual where it is a query.</summary>
internal sealed record StoredDataset(int Id, Guid Uuid, string Name, bool IsVirtual);

/// <summary>A number that was published.</summary>
internal sealed record PublishedId(string Kind, string Key, Guid Uuid, int Id, IReadOnlyList<string> Datasets);
