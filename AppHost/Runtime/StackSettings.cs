using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.AppHost.Runtime;

/// <summary>What the configuration's section <c>EmbedStack</c> says.</summary>
/// <param name="Runtime">Where the backing services run.</param>
/// <param name="CloneId">What tells this clone's containers and volumes from another's, made of its path as the script does.</param>
/// <param name="Persist">Whether data, generated secrets and ports outlive the run.</param>
/// <param name="DataDirectory">Where the run's data are.</param>
/// <param name="ThrowsDataAway">Whether that folder was made up for this run, and goes with it.</param>
/// <param name="ToolsDirectory">Where <c>./embedstack</c> puts what it sets up.</param>
/// <param name="ClinicDataScale">How much clinic data to load: <c>small</c>, <c>demo</c> or <c>large</c>.</param>
/// <param name="AcceptsDrafts">Whether dashboards may have charts that were not recorded yet.</param>
/// <param name="AuthorTenant">The tenant whose rows authors work with.</param>
/// <param name="JwtIssuer">Whose own tokens are taken for guests, if anybody's.</param>
/// <param name="IsWebBuilt">Whether the Api serves the app as it was built, in place of the development server.</param>
/// <param name="IsHttps">Whether browsers reach the app, dashboards and authors' origin by HTTPS.</param>
/// <param name="TimeZone">Whose day "today" is: the data's, Superset's and the edge's, by its IANA name.</param>
/// <param name="SupersetInstances">How many web servers Superset has.</param>
/// <param name="Apis">How many processes serve the app.</param>
/// <param name="Edges">How many serve the embed origin alone; none where those of the app do.</param>
/// <param name="StatusFile">The file to report the start's progress in, if any.</param>
internal sealed record StackSettings(
    RuntimeChoice Runtime,
    string CloneId,
    bool Persist,
    string DataDirectory,
    bool ThrowsDataAway,
    string ToolsDirectory,
    string ClinicDataScale,
    bool AcceptsDrafts,
    string AuthorTenant,
    JwtIssuer? JwtIssuer,
    bool IsWebBuilt,
    bool IsHttps,
    string TimeZone,
    int SupersetInstances,
    int Apis,
    int Edges,
    string? StatusFile)
{
    public StackPorts Ports => Persist ? StackPorts.Fixed : StackPorts.Free;

    /// <summary>The scheme of the origins that browsers know.</summary>
    public string Scheme => IsHttps ? "https" : "http";

    public OriginHosts Hosts => IsHttps ? OriginHosts.Secure : OriginHosts.Plain;

    /// <summary>
    /// The Api's endpoint for the app: its development server asks over loopback, in the clear, and a browser the built one by
    /// <see cref="Scheme"/>.
    /// </summary>
    public string ApiAppEndpoint => IsWebBuilt ? Scheme : "http";

    /// <summary>Where data that are kept are, unless another folder is named.</summary>
    public string UsualDataDirectory => UsualDataIn(ToolsDirectory);

    /// <summary>Where secrets that can be rotated are handed to processes.</summary>
    public string SecretsDirectory => Path.Combine(DataDirectory, "secrets");

    public static StackSettings Read(IConfiguration configuration, string appHostDirectory)
    {
        var section = configuration.GetSection("EmbedStack");
        var root = Path.GetFullPath("..", appHostDirectory);
        var tools = Path.GetFullPath(section["ToolsDirectory"] ?? ".embedstack", root);
        var persist = section.GetValue("Persist", false);

        var data = section["DataDirectory"] is { Length: > 0 } given
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(given, root))
            : persist ? UsualDataIn(tools) : null;

        return new StackSettings(
            ReadRuntime(section["Runtime"]),
            CloneOf(root),
            persist,
            data ?? ThrowAwayDirectory.NewPath(),
            data is null,
            tools,
            ReadScale(section["ClinicData:Scale"], persist),
            section.GetValue("Dashboards:Drafts", false),
            section["Authors:Tenant"] is { Length: > 0 } tenant ? tenant : "northside",
            JwtIssuer.Read(section.GetSection("JwtEmbedding")),
            ReadWeb(section["Web"]),
            ReadHttps(section["Https"]),
            ReadTimeZone(section["TimeZone"]),
            ReadInstances(section, "Superset:Instances", least: 1, most: 8),
            ReadInstances(section, "Api:Instances", least: 1, most: 4),
            ReadInstances(section, "Edge:Instances", least: 0, most: 4),
            section["StatusFile"] is { Length: > 0 } status ? Path.GetFullPath(status, root) : null);
    }

    private static string CloneOf(string root) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12];

    private static string UsualDataIn(string tools) => Path.Combine(tools, "data");

    private static RuntimeChoice ReadRuntime(string? text) => text switch
    {
        null or "" => RuntimeChoice.Auto,
        _ when Enum.TryParse<RuntimeChoice>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) => choice,
        _ => throw StartRefusal.Because($"EmbedStack:Runtime is '{text}'; set it to auto, container or native"),
    };

    private static bool ReadWeb(string? text) => text switch
    {
        null or "" or "dev" => false,
        "built" => true,
        _ => throw StartRefusal.Because($"EmbedStack:Web is '{text}'; set it to dev or built"),
    };

    private static bool ReadHttps(string? text) => text switch
    {
        null or "" => false,
        _ when bool.TryParse(text, out var isHttps) => isHttps,
        _ => throw StartRefusal.Because($"EmbedStack:Https is '{text}'; set it to true or false"),
    };

    private static string ReadTimeZone(string? text) => text switch
    {
        null or "" => "Australia/Sydney", // where the demo's clinics are
        _ when TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId => text,
        _ => throw StartRefusal.Because($"EmbedStack:TimeZone is '{text}'; set it to a zone's IANA name such as Australia/Sydney"),
    };

    private static int ReadInstances(IConfigurationSection section, string name, int least, int most) => section[name] switch
    {
        null or "" => least,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var instances) && instances >= least && instances <= most => instances,
        var text => throw StartRefusal.Because($"EmbedStack:{name} is '{text}'; set it to a number from {least} to {most}"),
    };

    private static string ReadScale(string? text, bool persist) => text switch
    {
        null or "" => persist ? "demo" : "small",
        "small" or "demo" or "large" => text,
        _ => throw StartRefusal.Because($"EmbedStack:ClinicData:Scale is '{text}'; set it to small, demo or large"),
    };
}
