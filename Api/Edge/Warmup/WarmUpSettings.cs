namespace EmbedStack.Api.Edge.Warmup;

/// <summary>When dashboards are warmed, and how much of Superset that may take.</summary>
/// <param name="AfterChanges">Whether also without being asked, once rows or charts have changed.</param>
/// <param name="AtOnce">Questions at once.</param>
internal sealed record WarmUpSettings(bool AfterChanges, int AtOnce)
{
    public static WarmUpSettings From(IConfiguration configuration)
    {
        var settings = new WarmUpSettings(configuration.GetValue("Edge:WarmUp:AfterChanges", true), configuration.GetValue("Edge:WarmUp:AtOnce", 2));
        return settings.AtOnce > 0 ? settings : throw new InvalidOperationException("Edge:WarmUp:AtOnce must be a positive number.");
    }
}
