using System.Text.Json;
using System.Text.Json.Serialization;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Which dashboards are on. One that is off is open to nobody, whatever the entitlements say.</summary>
internal sealed record DashboardSwitches(IReadOnlyList<DashboardSwitches.Entry> Dashboards)
{
    [JsonIgnore]
    public string ETag => EntityTag.Of(JsonSerializer.Serialize(Dashboards.Select(entry => new { entry.Key, entry.Enabled })));

    /// <summary>With the titles that dashboards have in Superset now; one that is not installed goes by its key.</summary>
    public DashboardSwitches Titled(Catalogue catalogue) => new(
        [.. Dashboards.Select(entry => entry with { Title = catalogue.Dashboards.FirstOrDefault(dashboard => dashboard.Key == entry.Key)?.Title ?? entry.Key })]);

    internal sealed record Entry(string Key, bool Enabled)
    {
        public string Title { get; init; } = Key;
    }
}
