using System.Globalization;

namespace EmbedStack.Api.Dashboards;

/// <summary>
/// A dashboard of the catalogue: the keys of every dataset that its charts and filters reach, and the roles that may
/// see it while its key is new; later the entitlements table decides.
/// </summary>
internal sealed record Dashboard(
    string Key, string Title, Guid Uuid, Guid EmbeddedUuid, IReadOnlyList<string> Datasets, IReadOnlyList<string> FirstRoles)
{
    /// <summary>Its number in this installation's Superset.</summary>
    public int Id { get; init; }

    /// <summary>Whether this is what addresses name it by: its number or its UUID.</summary>
    public bool IsNamed(string id) => Guid.TryParseExact(id, "D", out var uuid)
        ? uuid == Uuid
        : int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == Id;
}
