using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>A query for rows: a chart's own, a filter's values, a chart drilled by another column.</summary>
internal class QueryQuestion(QuestionKind kind, string name, string dashboard, string dataset, Func<bool, JsonObject> request)
    : Question(kind, name, dashboard, dataset)
{
    private readonly Dictionary<(Person Person, int Query), (QuerySql Sql, Rows Own)> own = [];

    protected JsonObject Request(bool force) => request(force);

    public override Task<Answer> AskAsync(Guest guest, bool force) => guest.AskAsync(request(force));

    public override async Task<string?> DifferenceAsync(StackFixture stack, Person person, Answer answer)
    {
        var queries = request(false)["queries"]!.AsArray();
        var results = answer.Results;
        if (results.Length != queries.Count)
        {
            return $"{results.Length} answers to {queries.Count} queries";
        }

        for (var place = 0; place < queries.Count; place++)
        {
            var query = queries[place]!.AsObject();
            var (sql, rows) = await OwnAsync(stack, person, query, place);
            if (Comparison.Difference(results[place], query, sql, rows) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    protected async Task<(QuerySql Sql, Rows Own)> OwnAsync(StackFixture stack, Person person, JsonObject query, int place)
    {
        if (!own.TryGetValue((person, place), out var known))
        {
            var sql = new QuerySql(OwnDataset.Of(Dataset), query);
            own[(person, place)] = known = (sql, await ClinicOracle.OwnAsync(stack, person, Dataset, sql.Over));
        }

        return known;
    }
}
