using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace EmbedStack.DatabaseSetup;

/// <summary>What the provisioner is told by its environment.</summary>
/// <param name="Server">The superuser's connection, to the maintenance database.</param>
/// <param name="Passwords">One password for each of <see cref="Names.Roles"/>.</param>
/// <param name="Patience">How long to wait for the server.</param>
/// <param name="AuditMonths">Whole months of audit that are kept besides the one that runs.</param>
internal sealed record SetupSettings(
    NpgsqlConnectionStringBuilder Server, IReadOnlyDictionary<string, string> Passwords, TimeSpan Patience, int AuditMonths)
{
    private const int MostAuditMonths = 120;

    public static SetupSettings Read(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString("postgres");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new SetupException("ConnectionStrings__postgres is missing; set it to the superuser's connection string");
        }

        var seconds = configuration.GetValue("DatabaseSetup:PatienceSeconds", 60);
        return new SetupSettings(Parse(text), ReadPasswords(configuration), TimeSpan.FromSeconds(seconds), ReadAuditMonths(configuration));
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Server.ConnectionString) { Database = database }.ConnectionString;

    private static NpgsqlConnectionStringBuilder Parse(string text)
    {
        try
        {
            var server = new NpgsqlConnectionStringBuilder(text)
            {
                Pooling = false,
                Timeout = 5,
                CommandTimeout = 30,
                ApplicationName = "database-setup",
            };
            server.Database ??= "postgres";
            return server;
        }
        catch (ArgumentException problem)
        {
            // The parser's message can quote the string, password included.
            throw new SetupException("ConnectionStrings__postgres is not a valid connection string", problem);
        }
    }

    private static int ReadAuditMonths(IConfiguration configuration) => configuration["Audit:RetentionMonths"] switch
    {
        null or "" => 12,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var months) && months is >= 1 and <= MostAuditMonths => months,
        _ => throw new SetupException($"Audit__RetentionMonths must be a number of months from 1 to {MostAuditMonths}"),
    };

    private static Dictionary<string, string> ReadPasswords(IConfiguration configuration)
    {
        var passwords = Names.Roles.ToDictionary(role => role, role => configuration[$"DatabaseRoles:{role}"] ?? "");
        foreach (var (role, password) in passwords)
        {
            if (password.Length == 0)
            {
                throw new SetupException($"DatabaseRoles__{role} is missing; every role needs a password of its own");
            }

            // Other characters would need SASLprep before they are hashed.
            if (!password.All(c => c is >= ' ' and <= '~'))
            {
                throw new SetupException($"DatabaseRoles__{role} may hold printable ASCII characters only");
            }
        }

        var shared = passwords.GroupBy(pair => pair.Value).FirstOrDefault(group => group.Count() > 1);
        return shared is null
            ? passwords
            : throw new SetupException($"the roles {string.Join(" and ", shared.Select(pair => pair.Key))} share a password");
    }
}
