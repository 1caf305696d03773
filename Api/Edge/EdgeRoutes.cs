using System.Text.RegularExpressions;
using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge;

/// <summary>The routes that an embedded page of Superset 6.1 needs. Everything else is not there.</summary>
internal static partial class EdgeRoutes
{
    private const string Id = @"([0-9]{1,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private const int Query = 1024 * 1024; // a chart's, with all of its form
    private const int Filters = 64 * 1024;
    private const int State = 32 * 1024; // of a page, kept for a year

    public static IReadOnlyList<EdgeRouteEntry> Table { get; } =
    [
        new("embedded page", "GET", EmbeddedPage(), EdgeRoute.Page),
        new("asset", "GET", Assets(), EdgeRoute.Asset),
        new("language pack", "GET", LanguagePack(), EdgeRoute.Asset),
        new("own roles", "GET", OwnRoles(), EdgeRoute.Read),
        new("dashboard", "GET", Dashboard(), EdgeRoute.Read),
        new("dashboard's charts", "GET", DashboardCharts(), EdgeRoute.Read),
        new("dashboard's datasets", "GET", DashboardDatasets(), EdgeRoute.Metadata),
        new("time range", "GET", TimeRange(), EdgeRoute.Read),
        new("drill info", "GET", DrillInfo(), EdgeRoute.Metadata),
        new("samples", "POST", Samples(), EdgeRoute.Read, Filters),
        new("chart data", "POST", ChartData(), EdgeRoute.ChartData, Query),
        new("permalink made", "POST", MadePermalink(), EdgeRoute.MadePermalink, State),
        new("permalink", "GET", Permalink(), EdgeRoute.Permalink),
        new("forget", "GET", Forget(), EdgeRoute.Forget),
        new("telemetry", "POST", Telemetry(), EdgeRoute.Discard, Query),
        new("colours", "PUT", Colours(), EdgeRoute.Discard, Filters),
    ];

    /// <summary>Where the app leads a hidden frame as somebody signs out.</summary>
    public static Uri ForgetAt(Origins origins) => new(origins.Embed, "forget");

    public static EdgeRouteEntry? Find(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var entry in Table)
        {
            if (entry.Method == request.Method && entry.Path.IsMatch(path))
            {
                return entry;
            }
        }

        return null;
    }

    public static Guid EmbeddedId(HttpRequest request) => Guid.Parse(request.Path.Value!.AsSpan("/embedded/".Length));

    [GeneratedRegex(@"\A/embedded/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex EmbeddedPage();

    [GeneratedRegex(@"\A/static/(service-worker\.js|(assets|appbuilder/css/flags)(/[A-Za-z0-9_@~+-][A-Za-z0-9_@~+.-]*)+)\z")]
    private static partial Regex Assets();

    [GeneratedRegex(@"\A/superset/language_pack/[A-Za-z_]{2,10}/\z")]
    private static partial Regex LanguagePack();

    [GeneratedRegex(@"\A/api/v1/me/roles/\z")]
    private static partial Regex OwnRoles();

    [GeneratedRegex($@"\A/api/v1/dashboard/(?<dashboard>{Id})\z")]
    private static partial Regex Dashboard();

    [GeneratedRegex($@"\A/api/v1/dashboard/(?<dashboard>{Id})/charts\z")]
    private static partial Regex DashboardCharts();

    [GeneratedRegex($@"\A/api/v1/dashboard/(?<dashboard>{Id})/datasets\z")]
    private static partial Regex DashboardDatasets();

    [GeneratedRegex(@"\A/api/v1/time_range/\z")]
    private static partial Regex TimeRange();

    [GeneratedRegex(@"\A/api/v1/dataset/[0-9]{1,9}/drill_info/\z")]
    private static partial Regex DrillInfo();

    [GeneratedRegex(@"\A/datasource/samples\z")]
    private static partial Regex Samples();

    [GeneratedRegex(@"\A/api/v1/chart/data\z")]
    private static partial Regex ChartData();

    [GeneratedRegex($@"\A/api/v1/dashboard/(?<dashboard>{Id})/permalink\z")]
    private static partial Regex MadePermalink();

    [GeneratedRegex(@"\A/api/v1/dashboard/permalink/(?<key>[A-Za-z0-9_-]{22})\z")]
    private static partial Regex Permalink();

    [GeneratedRegex(@"\A/forget\z")]
    private static partial Regex Forget();

    [GeneratedRegex(@"\A/superset/log/\z")]
    private static partial Regex Telemetry();

    [GeneratedRegex(@"\A/api/v1/dashboard/[0-9]{1,9}/colors\z")]
    private static partial Regex Colours();
}
