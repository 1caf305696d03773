using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Secrets;

/// <summary>Since when each secret has the value whose rotation was audited last, shared by all instances.</summary>
internal sealed class AuditedAges(NpgsqlDataSource database)
{
    // A rotation's first step adds the value to come and moves the date by next to nothing.
    private static readonly TimeSpan Nudge = TimeSpan.FromSeconds(1);

    /// <summary>Audits a rotation that none of the instances has; a secret that is seen for the first time is taken as it is.</summary>
    /// <param name="secret">The secret as its file says.</param>
    /// <param name="audit">Writes the row. Meanwhile other instances wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TakeAsync(SecretAge secret, Func<Task> audit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var since = secret.Since.ToUniversalTime();
        await connection.ExecuteAsync(
            "insert into api.secret_ages (name, since) values ($1, $2) on conflict do nothing", [secret.Name, since], cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await connection.QueryAsync(
            "select since from api.secret_ages where name = $1 for update", [secret.Name], row => row.GetFieldValue<DateTimeOffset>(0), cancellationToken);
        if (since - before.Single() <= Nudge)
        {
            return false;
        }

        await audit();
        await connection.ExecuteAsync("update api.secret_ages set since = $2 where name = $1", [secret.Name, since], CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }
}
