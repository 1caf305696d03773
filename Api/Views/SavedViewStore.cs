using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tenancy;
using Npgsql;

namespace EmbedStack.Api.Views;

/// <summary>Persons' views. Nobody reads another's; who moves to another clinic leaves them behind.</summary>
internal sealed class SavedViewStore(NpgsqlDataSource database) : IDisposable
{
    private const int MostOfAPerson = 50;
    private const int MostWaiting = 128; // more than a person may send at once
    private const string Columns = "id, dashboard, name, filters, permalink, saved_at";
    private const string Own = "subject = $1 and tenant = $2";

    private const string Turn = "select pg_advisory_xact_lock(hashtextextended('saved_views ' || $1, 0))";

    private const string Save = $"""
        with others as (select count(*) as number from api.saved_views where {Own} and (dashboard, name) <> ($3, $4))
        insert into api.saved_views (subject, tenant, dashboard, name, filters, permalink, id)
        select $1, $2, $3, $4, $5, $6, $7 from others where number < $8
        on conflict (subject, tenant, dashboard, name)
            do update set filters = excluded.filters, permalink = excluded.permalink, saved_at = now()
        returning {Columns}
        """;

    private readonly Turns _turns = new(MostWaiting);

    public async Task<SavedViews> ReadAsync(Person person, CancellationToken cancellationToken) => new(await database.QueryAsync(
        $"select {Columns} from api.saved_views where {Own} order by dashboard, name", [person.Subject, person.Tenant.Key], Read, cancellationToken));

    /// <returns>What is kept now; null where the person has too many others.</returns>
    public async Task<SavedView?> SaveAsync(Person person, SavedViewRequest view, CancellationToken cancellationToken)
    {
        using var turn = await _turns.TakeAsync(person.Subject, cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Turn, [person.Subject], cancellationToken); // or many at once would each count too few
        var saved = await connection.QueryAsync(
            Save,
            [person.Subject, person.Tenant.Key, view.Dashboard, view.Name, view.Filters, view.Permalink, Guid.NewGuid(), MostOfAPerson],
            Read, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return saved.SingleOrDefault();
    }

    /// <returns>Whether there was one of this person's.</returns>
    public async Task<bool> DeleteAsync(Person person, Guid id, CancellationToken cancellationToken) =>
        await database.ExecuteAsync($"delete from api.saved_views where {Own} and id = $3", [person.Subject, person.Tenant.Key, id], cancellationToken) > 0;

    public void Dispose() => _turns.Dispose();

    private static SavedView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
        row.GetFieldValue<DateTimeOffset>(5));
}
