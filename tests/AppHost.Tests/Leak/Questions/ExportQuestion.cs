using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>A chart's rows as a file, with the titles that readers see.</summary>
internal sealed class ExportQuestion(StoredChart chart, StoredDataset stored, string format = "csv")
    : QueryQuestion(format == "csv" ? QuestionKind.Export : QuestionKind.Spreadsheet, $"{chart.Name} as {format}", chart.Dashboard, stored.Key, chart.Request)
{
    public override Task<Answer> AskAsync(Guest guest, bool force) => guest.ExportAsync(Request(force), format: format);

    public override async Task<string?> DifferenceAsync(StackFixture stack, Person person, Answer answer)
    {
        var query = Request(false)["queries"]![0]!.AsObject();
        var (sql, own) = await OwnAsync(stack, person, query, 0);
        var lines = Csv.Read(answer.Body).ToArray();
        var answered = new Rows(lines[0], [.. lines.Skip(1).Select(line => line.Select(Cell.OfText).ToArray())]);
        return Comparison.Difference(answered, query, sql, own, stored.TitleOf);
    }
}
