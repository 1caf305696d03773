using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Authors;

/// <summary>A dataset that somebody with more rights than an author made in Superset, past the files: virtual, and without a rule.</summary>
internal sealed class ForeignDataset : IAsyncDisposable
{
    private readonly StackFixture _stack;
    private readonly int _number;

    private ForeignDataset(StackFixture stack, int number, Guid uuid) => (_stack, _number, Uuid) = (stack, number, uuid);

    public Guid Uuid { get; }

    /// <summary>Makes one with the columns and metrics of another.</summary>
    public static async Task<ForeignDataset> MakeAsync(StackFixture stack, string model, string name, string sql)
    {
        var uuid = Guid.NewGuid();
        var number = await Superuser.ScalarAsync<int>(
            stack,
            "superset-db",
            """
            insert into tables
            select (jsonb_populate_record(t, jsonb_build_object('id', nextval('tables_id_seq'), 'uuid', $2, 'table_name', $3, 'sql', $4))).*
            from tables t where table_name = $1
            returning id
            """,
            model, uuid, name, sql);
        var dataset = new ForeignDataset(stack, number, uuid);
        foreach (var (table, sequence) in new[] { ("table_columns", "table_columns_id_seq"), ("sql_metrics", "sql_metrics_id_seq") })
        {
            await Superuser.ScalarAsync<long>(
                stack,
                "superset-db",
                $"""
                with copied as (
                    insert into {table}
                    select (jsonb_populate_record(c, jsonb_build_object('id', nextval('{sequence}'), 'uuid', gen_random_uuid(), 'table_id', $2))).*
                    from {table} c where table_id = (select id from tables where table_name = $1)
                    returning 1)
                select count(*) from copied
                """,
                model, number);
        }

        return dataset;
    }

    public async ValueTask DisposeAsync() => await Superuser.ScalarAsync<long>(
        _stack,
        "superset-db",
        """
        with metrics as (delete from sql_metrics where table_id = $1),
             columns as (delete from table_columns where table_id = $1),
             gone as (delete from tables where id = $1 returning 1)
        select count(*) from gone
        """,
        _number);
}
