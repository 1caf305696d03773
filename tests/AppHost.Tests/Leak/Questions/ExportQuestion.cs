using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>A chart's rows as CSV.</summary>
internal sealed class ExportQuestion(StoredChart chart, StoredDataset dataset)
    : QueryQuestion(QuestionKind.Export, $"{chart.Name} as CSV", chart.Dashboard, dataset, chart.Request)
{
    public override Task<Answer> AskAsync(Guest guest, bool force) => guest.ExportAsync(Request(force));

    // Superset writes CSV with the columns' titles, dates and figures formatted: the figures are compared, whatever they are called.
    public override async Task<string?> DifferenceAsync(StackFixture stack, Person person, Answer answer)
    {
        var query = Request(false)["queries"]![0]!.AsObject();
        var (sql, own) = await OwnAsync(stack, person, query, 0);
        var cells = Csv.Read(answer.Body).Skip(1).SelectMany(line => line).Select(Cell.OfText).CountBy(cell => cell).ToDictionary();
        var missing = sql.Metrics.SelectMany(metric => own.Sorted([metric])).Where(cell => cell != Cell.Nothing).CountBy(cell => cell)
            .Where(figure => cells.GetValueOrDefault(figure.Key) < figure.Value).ToArray();
        return missing.Length == 0 || own.Lines.Count > sql.Limit ? null : $"{missing.Length} figures are missing: {string.Join(" ; ", missing.Take(3).Select(figure => figure.Key))}";
    }
}
