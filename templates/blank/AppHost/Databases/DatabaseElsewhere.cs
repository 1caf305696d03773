using System.Data.Common;

namespace EmbedStack.AppHost.Databases;

/// <summary>
/// Your own Postgres, where it is to be read in place of the stack's: <c>EmbedStack:CustomerDb</c> is a connection string with
/// Host, Port, Database, Password and Author Password (of the two readers that <c>CustomerData/Sql/walls.sql</c> makes) and,
/// where it is not <c>public</c>, Search Path.
/// </summary>
internal sealed class DatabaseElsewhere : Resource, IResourceWithConnectionString
{
    private static readonly string[] Needed = ["host", "database", "password", "author password"];

    private readonly Dictionary<string, string> _parts;

    private DatabaseElsewhere(string name, Dictionary<string, string> parts)
        : base(name) => _parts = parts;

    /// <summary>The password of <c>customer_reader</c>.</summary>
    public string ReaderPassword => _parts["password"];

    /// <summary>The password of <c>customer_author</c>: no two roles share one.</summary>
    public string AuthorPassword => _parts["author password"];

    public string Schema => _parts.GetValueOrDefault("search path", "public");

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

        try
        {
            var given = new DbConnectionStringBuilder { ConnectionString = text };
            var parts = given.Keys.Cast<string>().ToDictionary(key => key, key => $"{given[key]}", StringComparer.OrdinalIgnoreCase);
            return Needed.FirstOrDefault(key => !parts.ContainsKey(key)) is { } missing
                ? throw StartRefusal.Because($"EmbedStack:CustomerDb has no {missing}; it takes Host, Port, Database, Password, Author Password and Search Path")
                : new DatabaseElsewhere("customer-db", parts);
        }
        catch (ArgumentException)
        {
            // The parser's message can quote the string, password included.
            throw StartRefusal.Because("EmbedStack:CustomerDb is no connection string; it takes Host, Port, Database, Password, Author Password and Search Path");
        }
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        new Dictionary<string, ReferenceExpression>
        {
            ["Host"] = ReferenceExpression.Create($"{_parts["host"]}"),
            ["Port"] = ReferenceExpression.Create($"{Port}"),
            ["DatabaseName"] = ReferenceExpression.Create($"{_parts["database"]}"),
        };
}
