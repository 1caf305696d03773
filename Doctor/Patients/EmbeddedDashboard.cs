namespace EmbedStack.Doctor.Patients;

/// <summary>A dashboard that is embedded, or should be.</summary>
/// <param name="Key">What it is called in a report.</param>
/// <param name="EmbeddedId">By what it is embedded; null where it is not, but should be.</param>
/// <param name="AllowedDomains">Which hosts may frame it; none is everybody.</param>
/// <param name="Charts">Its charts.</param>
/// <param name="VirtualDatasets">Those of its datasets that are a query, by name.</param>
internal sealed record EmbeddedDashboard(
    string Key, Guid? EmbeddedId, IReadOnlyList<string> AllowedDomains, IReadOnlyList<EmbeddedChart> Charts, IReadOnlyList<string> VirtualDatasets);

/// <summary>A chart of such a dashboard.</summary>
/// <param name="Id">Superset's number for it.</param>
/// <param name="Name">Its title.</param>
/// <param name="QueryContext">The query that is stored with it; null where there is none.</param>
internal sealed record EmbeddedChart(int Id, string Name, string? QueryContext);
