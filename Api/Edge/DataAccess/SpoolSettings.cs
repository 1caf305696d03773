using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Http;
using Npgsql;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>Where accesses wait for Postgres, and how many may.</summary>
/// <param name="Directory">This machine's; it must outlive the process.</param>
/// <param name="LongestBacklog">Bytes that may wait. Beyond, nothing is shown.</param>
internal sealed record SpoolSettings(string Directory, long LongestBacklog)
{
    public static SpoolSettings From(IConfiguration configuration)
    {
        var settings = new SpoolSettings(
            configuration["Edge:DataAccess:Spool"] is { Length: > 0 } directory ? directory : Default(configuration),
            configuration.GetValue("Edge:DataAccess:BacklogMegabytes", 64L) * 1024 * 1024);
        return settings.LongestBacklog > 0 ? settings : throw new InvalidOperationException("Edge:DataAccess:BacklogMegabytes must be positive.");
    }

    // Of this database alone: what another stack on this machine left is not for it.
    private static string Default(IConfiguration configuration)
    {
        var database = new NpgsqlConnectionStringBuilder(configuration.GetRequired<string>("ConnectionStrings:embedstack-db"));
        var name = SHA256.HashData(Encoding.UTF8.GetBytes($"{database.Host} {database.Port} {database.Database}"));
        return Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "embedstack", "data-access", Convert.ToHexStringLower(name.AsSpan(0, 8)));
    }
}
