using System.Text.RegularExpressions;

namespace EmbedStack.Api.Edge;

/// <summary>The routes that an embedded page of Superset 6.1 needs. Everything else is not there.</summary>
internal static partial class EdgeRoutes
{
    private static readonly (string Method, Regex Path, EdgeRoute Route)[] Table =
    [
        ("GET", EmbeddedPage(), EdgeRoute.Page),
        ("GET", Assets(), EdgeRoute.Asset),
        ("GET", LanguagePack(), EdgeRoute.Asset),
        ("GET", OwnRoles(), EdgeRoute.Read),
        ("GET", DashboardParts(), EdgeRoute.Read),
        ("GET", DashboardDatasets(), EdgeRoute.Metadata),
        ("GET", TimeRange(), EdgeRoute.Read),
        ("GET", DrillInfo(), EdgeRoute.Metadata),
        ("POST", Samples(), EdgeRoute.Read),
        ("POST", ChartData(), EdgeRoute.ChartData),
        ("POST", Telemetry(), EdgeRoute.Discard),
        ("PUT", Colours(), EdgeRoute.Discard),
    ];

    public static EdgeRoute? Find(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        foreach (var (method, pattern, route) in Table)
        {
            if (method == request.Method && pattern.IsMatch(path))
            {
                return route;
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

    [GeneratedRegex(@"\A/api/v1/dashboard/([0-9]{1,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(/charts)?\z")]
    private static partial Regex DashboardParts();

    [GeneratedRegex(@"\A/api/v1/dashboard/([0-9]{1,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/datasets\z")]
    private static partial Regex DashboardDatasets();

    [GeneratedRegex(@"\A/api/v1/time_range/\z")]
    private static partial Regex TimeRange();

    [GeneratedRegex(@"\A/api/v1/dataset/[0-9]{1,9}/drill_info/\z")]
    private static partial Regex DrillInfo();

    [GeneratedRegex(@"\A/datasource/samples\z")]
    private static partial Regex Samples();

    [GeneratedRegex(@"\A/api/v1/chart/data\z")]
    private static partial Regex ChartData();

    [GeneratedRegex(@"\A/superset/log/\z")]
    private static partial Regex Telemetry();

    [GeneratedRegex(@"\A/api/v1/dashboard/[0-9]{1,9}/colors\z")]
    private static partial Regex Colours();
}
