using System.Diagnostics;
using System.Text.Json;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards.Entitlements;

/// <summary>Reads all entitlements, and replaces them at once if they are still what the caller has read.</summary>
internal sealed class EntitlementStore(NpgsqlDataSource database, CatalogueSource catalogue) : IDisposable
{
    private const int MostWaiting = 8;

    private const string All = "select dashboard_key, role, tenant, conditions::text from shared.entitlements";

    private const string Insert = """
        insert into shared.entitlements (dashboard_key, role, tenant, conditions)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
        """;

    private const string AddNew = """
        with added as (insert into shared.dashboards (key) values ($1) on conflict do nothing returning key)
        insert into shared.entitlements (dashboard_key, role) select key, unnest($2::text[]) from added
        """;

    // Whoever is told of a change needs a connection while the change holds one.
    private readonly Turns _turns = new(MostWaiting);

    public async Task<EntitlementsDocument> ReadAsync(CancellationToken cancellationToken) =>
        EntitlementsDocument.Of(await database.QueryAsync(All, [], CatalogueReader.ReadEntitlement, cancellationToken));

    /// <param name="document">What is to stand there.</param>
    /// <param name="expected">The tags of what the caller has read, one of which must be what stands there now.</param>
    /// <param name="announce">Told of the change and its version's number before it counts: what fails here stops it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ProblemException">Somebody else was faster, too many wait, or something in the document is unknown.</exception>
    public async Task<EntitlementsDocument> ReplaceAsync(
        EntitlementsDocument document, IReadOnlyCollection<string> expected, Func<long, EntitlementsChange, Task> announce, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync("", cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var present = await LockAsync(connection, cancellationToken);
        var before = EntitlementsDocument.Of(present);
        EntityTag.Check(before.ETag, expected);
        var wanted = new EntitlementsReader(
            await KeysAsync("select key from shared.dashboards", connection, cancellationToken),
            await KeysAsync("select key from shared.tenants", connection, cancellationToken)).Read(document);
        var after = EntitlementsDocument.Of(wanted);
        await announce(await AddVersionAsync(connection, before, after, cancellationToken), EntitlementsChange.Between(present, wanted));
        await WriteAsync(connection, wanted, cancellationToken);
        // From here on nobody can stop it.
        await transaction.CommitAsync(CancellationToken.None);
        return after;
    }

    /// <summary>Adds the dashboards that nobody has seen yet, with their first roles; of the others nothing changes.</summary>
    public async Task AddNewAsync(IReadOnlyList<Dashboard> dashboards, Func<long, EntitlementsChange, Task> announce, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var before = await LockAsync(connection, cancellationToken);
        foreach (var dashboard in dashboards)
        {
            await connection.ExecuteAsync(AddNew, [dashboard.Key, dashboard.FirstRoles.ToArray()], cancellationToken);
        }

        var after = await connection.QueryAsync(All, [], CatalogueReader.ReadEntitlement, cancellationToken);
        if (after.Count > before.Count)
        {
            var version = await AddVersionAsync(connection, EntitlementsDocument.Of(before), EntitlementsDocument.Of(after), cancellationToken);
            await announce(version, EntitlementsChange.Between(before, after));
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Has what was replaced count here from the next request on.</summary>
    public Task FollowAsync() => catalogue.RefreshAsync();

    public void Dispose() => _turns.Dispose();

    private static async Task<List<Entitlement>> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("lock table shared.entitlements in share row exclusive mode", [], cancellationToken);
        return await connection.QueryAsync(All, [], CatalogueReader.ReadEntitlement, cancellationToken);
    }

    private static async Task<long> AddVersionAsync(
        NpgsqlConnection connection, EntitlementsDocument before, EntitlementsDocument after, CancellationToken cancellationToken) =>
        (await connection.QueryAsync(
            "insert into api.entitlement_versions (correlation_id, before, after) values ($1, $2::jsonb, $3::jsonb) returning version",
            [Activity.Current?.TraceId.ToString(), before.ToJson(), after.ToJson()], row => row.GetInt64(0), cancellationToken)).Single();

    private static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<Entitlement> wanted, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("delete from shared.entitlements", [], cancellationToken);
        await connection.ExecuteAsync(
            Insert,
            [
                wanted.Select(entry => entry.DashboardKey).ToArray(), wanted.Select(entry => entry.Role).ToArray(),
                wanted.Select(entry => entry.Tenant).ToArray(), wanted.Select(entry => JsonSerializer.Serialize(entry.Conditions)).ToArray(),
            ],
            cancellationToken);
    }

    private static async Task<HashSet<string>> KeysAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken) =>
        [.. await connection.QueryAsync(sql, [], row => row.GetString(0), cancellationToken)];
}
