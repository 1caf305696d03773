using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;

namespace EmbedStack.DatabaseSetup;

/// <summary>Waits, for a bounded time, until the server takes connections.</summary>
internal static class ServerReadiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<NpgsqlConnection> ConnectAsync(SetupSettings settings, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var connection = new NpgsqlConnection(settings.Server.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellation);
                return connection;
            }
            catch (PostgresException problem) when (problem.SqlState is "28P01" or "28000")
            {
                await connection.DisposeAsync();
                throw new SetupException(
                    $"{Where(settings)} refuses the superuser's password; data kept from another clone? "
                    + "Remove it with './embedstack down --volumes'", problem);
            }
            catch (Exception problem) when (MayPass(problem))
            {
                await connection.DisposeAsync();
                if (waited.Elapsed >= settings.Patience)
                {
                    throw new SetupException(
                        $"{Where(settings)} did not answer within {settings.Patience.TotalSeconds:0} s "
                        + $"({problem.Message.ReplaceLineEndings(" ")}); look at the log of resource postgres", problem);
                }

                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private static bool MayPass(Exception problem) => problem is TimeoutException or SocketException
        || (problem is NpgsqlException and not PostgresException)
        || problem is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow };

    private static string Where(SetupSettings settings) => $"Postgres at {settings.Server.Host}:{settings.Server.Port}";
}
