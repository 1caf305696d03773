using System.Net.Sockets;
using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>Tells what the database did not do from failures of our own.</summary>
internal static class DatabaseFailure
{
    /// <summary>Whether it comes of the database, whichever way.</summary>
    // A name that does not resolve, or not in time, is thrown as it is until https://github.com/npgsql/npgsql/issues/5606 is
    // closed. Of other clients none does that.
    public static bool Is(Exception exception) => exception is NpgsqlException or SocketException or TimeoutException;

    /// <summary>Whether the database is away: what Postgres itself refuses is a fault of ours.</summary>
    public static bool IsAway(Exception exception) => Is(exception) && exception is not PostgresException { IsTransient: false };
}
