using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards.Switches;

/// <summary>Reads which dashboards are on, and switches one if all are still as the caller has read them.</summary>
internal sealed class DashboardSwitchStore(NpgsqlDataSource database, CatalogueSource catalogue) : IDisposable
{
    private const int MostWaiting = 8;
    private const string All = "select key, enabled from shared.dashboards order by key";
    private const string AddVersion = "insert into api.dashboard_switches (key, enabled) values ($1, $2) returning version";

    // Whoever is told of a change needs a connection while the change holds one.
    private readonly Turns _turns = new(MostWaiting);

    public async Task<DashboardSwitches> ReadAsync(CancellationToken cancellationToken) =>
        new(await database.QueryAsync(All, [], Read, cancellationToken));

    /// <param name="key">The dashboard's key.</param>
    /// <param name="enabled">Whether it is to be on.</param>
    /// <param name="expected">The tags of what the caller has read, one of which must be what stands there now.</param>
    /// <param name="announce">Told of the change's number before it counts: what fails here stops it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Which are on then. Where it is as wanted already, nothing was changed and nobody told.</returns>
    /// <exception cref="ProblemException">There is no such dashboard, somebody else was faster, or too many wait.</exception>
    public async Task<DashboardSwitches> SetAsync(
        string key, bool enabled, IReadOnlyCollection<string> expected, Func<long, Task> announce, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync("", cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var present = new DashboardSwitches(await connection.QueryAsync($"{All} for update", [], Read, cancellationToken));
        var known = present.Dashboards.FirstOrDefault(entry => entry.Key == key) ?? throw new ProblemException(Problems.NotFound);
        EntityTag.Check(present.ETag, expected);
        if (known.Enabled == enabled)
        {
            return present;
        }

        await announce((await connection.QueryAsync(AddVersion, [key, enabled], row => row.GetInt64(0), cancellationToken)).Single());
        await connection.ExecuteAsync(
            "update shared.dashboards set enabled = $2, changed_at = now() where key = $1", [key, enabled], cancellationToken);
        // From here on nobody can stop it.
        await transaction.CommitAsync(CancellationToken.None);
        return new([.. present.Dashboards.Select(entry => entry.Key == key ? entry with { Enabled = enabled } : entry)]);
    }

    /// <summary>Has the switch count here from the next request on.</summary>
    public Task FollowAsync() => catalogue.RefreshAsync();

    public void Dispose() => _turns.Dispose();

    private static DashboardSwitches.Entry Read(NpgsqlDataReader row) => new(row.GetString(0), row.GetBoolean(1));
}
