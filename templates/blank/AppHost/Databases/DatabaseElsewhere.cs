using System.Data.Common;

namespace EmbedStack.AppHost.Databases;

/// <summary>
/// Your own Postgres, where it is to be read in place of the stack's: <c>EmbedStack:CustomerDb</c> is a connection string with
/// Host, Port, Database, Password and Author Password (of the two readers that <c>CustomerData/Sql/walls.sql</c> makes) and,
/// where it is not <c>public</c>, Search Path. SSL Mode and Root Certificate are both readers', as Npgsql and libpq know them.
/// </summary>
internal sealed class DatabaseElsewhere : Resource, IResourceWithConnectionString
{
    private const string Takes =
        "it takes Host, Port, Database, Password, Author Password, Search Path, SSL Mode and Root Certificate";

    private static readonly string[] Needed = ["host", "database", "password", "author password"];
    private static readonly string[] Known = [.. Needed, "port", "search path", "ssl mode", "root certificate"];

    // By libpq's name, Npgsql's.
    private static readonly Dictionary<string, string> SslModes = new()
    {
        ["disable"] = "Disable",
        ["allow"] = "Allow",
        ["prefer"] = "Prefer",
        ["require"] = "Require",
        ["verify-ca"] = "VerifyCA",
        ["verify-full"] = "VerifyFull",
    };

    private readonly Dictionary<string, string> _parts;

    private DatabaseElsewhere(string name, Dictionary<string, string> parts)
        : base(name) => _parts = parts;

    /// <summary>The password of <c>customer_reader</c>.</summary>
    public string ReaderPassword => _parts["password"];

    /// <summary>The password of <c>customer_author</c>: no two roles share one.</summary>
    public string AuthorPassword => _parts["author password"];

    public string Schema => _parts.GetValueOrDefault("search path", "public");

    /// <summary>As libpq names it; null where it is left to the drivers.</summary>
    public string? SslMode => _parts.TryGetValue("ssl mode", out var given) ? ModeOf(given) : null;

    /// <summary>The file of the authority that the server's certificate must come from.</summary>
    public string? RootCertificate => _parts.GetValueOrDefault("root certificate");

    /// <summary>What a connection string of Npgsql's has of these two.</summary>
    public string Tls =>
        (SslMode is { } mode ? $";SSL Mode={SslModes[mode]}" : "") + (RootCertificate is { } file ? $";Root Certificate={file}" : "");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={_parts["host"]};Port={Port};Database={_parts["database"]}");

    private string Port => _parts.GetValueOrDefault("port", "5432");

    /// <returns>Null where the rows stand in the stack's own database.</returns>
    public static DatabaseElsewhere? Of(IDistributedApplicationBuilder builder)
    {
        if (builder.Configuration["EmbedStack:CustomerDb"] is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = Parse(text);
        foreach (var (key, value) in parts)
        {
            // It is not named: after an unquoted ; in a password it is a piece of that.
            Check(Known.Contains(key), "has a part that it does not take");
            Check(value.IndexOfAny([';', '"', '\'']) < 0, $"cannot carry a {key} with ; or a quotation mark");
        }

        foreach (var key in Needed)
        {
            Check(parts.ContainsKey(key), $"has no {key}");
        }

        Check(!parts.TryGetValue("ssl mode", out var mode) || ModeOf(mode) is not null, $"does not know this ssl mode, only {string.Join(", ", SslModes.Values)}");
        var made = new DatabaseElsewhere("customer-db", parts);
        // The two drivers differ where one is without the other: in what they verify, and in whether they connect.
        Check((made.SslMode is "verify-ca" or "verify-full") == (made.RootCertificate is not null), "needs a root certificate with VerifyCA and VerifyFull, and with nothing else");
        return made;
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        new Dictionary<string, ReferenceExpression>
        {
            ["Host"] = ReferenceExpression.Create($"{_parts["host"]}"),
            ["Port"] = ReferenceExpression.Create($"{Port}"),
            ["DatabaseName"] = ReferenceExpression.Create($"{_parts["database"]}"),
        };

    private static Dictionary<string, string> Parse(string text)
    {
        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = text };
            return given.Keys.Cast<string>().ToDictionary(key => key.ToLowerInvariant(), key => $"{given[key]}");
        }
        catch (ArgumentException)
        {
            // The parser's message can quote the string, password included.
            throw StartRefusal.Because($"EmbedStack:CustomerDb is no connection string; {Takes}");
        }
    }

    private static string? ModeOf(string given) => SslModes.Keys.FirstOrDefault(
        mode => mode.Replace("-", "", StringComparison.Ordinal).Equals(given.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw StartRefusal.Because($"EmbedStack:CustomerDb {otherwise}; {Takes}");
        }
    }
}
