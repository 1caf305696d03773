using System.Text.Json;
using System.Text.Json.Serialization;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Which dashboards are on. One that is off is open to nobody, whatever the entitlements say.</summary>
internal sealed record DashboardSwitches(IReadOnlyList<DashboardSwitches.Entry> Dashboards)
{
    [JsonIgnore]
    public string ETag => EntityTag.Of(JsonSerializer.Serialize(Dashboards));

    internal sealed record Entry(string Key, bool Enabled);
}
