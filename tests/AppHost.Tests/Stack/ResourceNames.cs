namespace EmbedStack.AppHost.Tests.Stack;

internal static class ResourceNames
{
    public const string Api = "api";
    public const string ClinicDatabase = "clinic-db";
    public const string Edge = "edge";
    public const string Keycloak = "keycloak";
    public const string Postgres = "postgres";
    public const string Redis = "redis";
    public const string Renderer = "renderer";
    public const string Superset = "superset";
    public const string Web = "web";

    /// <summary>What runs to its end before the rest can start.</summary>
    public static readonly string[] Jobs = ["database-setup", "clinic-data", "superset-bootstrap"];

    public static readonly string[] LongRunning = [Postgres, Redis, Keycloak, Superset, Api, Web, Renderer];

    /// <summary>Whether a resource is an instance of a part: <c>superset</c> and <c>superset-2</c>, not <c>superset-bootstrap</c>.</summary>
    public static bool IsInstance(string resource, string part) =>
        resource == part || (resource.StartsWith($"{part}-", StringComparison.Ordinal) && int.TryParse(resource[(part.Length + 1)..], out _));
}
