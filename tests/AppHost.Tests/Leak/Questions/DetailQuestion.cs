using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Questions;

/// <summary>Drill to detail: a page of a dataset's rows, with the columns that may be shown and no other.</summary>
internal sealed class DetailQuestion(string dashboard, int dashboardId, StoredDataset dataset, int page = 1)
    : Question(page == 1 ? QuestionKind.Detail : QuestionKind.NextDetail, $"rows of {dataset.Key}, page {page}", dashboard, dataset.Key)
{
    private const int PageRows = 50;

    private static readonly Dictionary<string, string[]> Shown = new()
    {
        ["appointments"] = ["starts_at", "staff_name", "service_name", "status", "duration_minutes"],
        ["revenue"] = ["invoiced_on", "staff_name", "service_name", "payer_name", "amount", "paid_amount", "outstanding_amount", "payment_status"],
        ["staff_utilisation"] = ["worked_on", "staff_name", "speciality", "rostered_minutes", "worked_minutes", "booked_minutes", "clinical_minutes", "overtime_minutes"],
        ["outcomes"] = ["recorded_on", "staff_name", "service_name", "outcome", "score_before", "score_after", "satisfaction"],
    };

    private readonly Dictionary<Person, Rows> own = [];

    /// <summary>Whether a dataset's single rows are for anybody's eyes.</summary>
    public static bool IsShown(string dataset) => Shown.ContainsKey(dataset);

    public override Task<Answer> AskAsync(Guest guest, bool force) => guest.SamplesAsync(dashboardId, dataset, page: page, rows: PageRows, force: force);

    public override async Task<string?> DifferenceAsync(StackFixture stack, Person person, Answer answer)
    {
        var rows = await OwnAsync(stack, person);
        var result = answer.Results[0];
        var answered = Comparison.Read(result.GetProperty("data"));
        if (answered.Columns.Except(Shown[Dataset]).ToArray() is { Length: > 0 } more)
        {
            return $"columns that are not for showing: {string.Join(", ", more)}";
        }

        var foreign = answered.Sorted(Shown[Dataset]).Except(rows.Sorted(Shown[Dataset])).Count();
        var count = result.GetProperty("total_count").GetInt64();
        return foreign == 0 && count == rows.Lines.Count && answered.Lines.Count == Math.Clamp(rows.Lines.Count - ((page - 1) * PageRows), 0, PageRows)
            ? null
            : $"{foreign} of {answered.Lines.Count} rows are not own; {count} in all instead of {rows.Lines.Count}";
    }

    private async Task<Rows> OwnAsync(StackFixture stack, Person person)
    {
        if (!own.TryGetValue(person, out var rows))
        {
            own[person] = rows = await ClinicOracle.OwnAsync(stack, person, Dataset, rows => $"select {string.Join(", ", Shown[Dataset])} from ({rows}) own");
        }

        return rows;
    }
}
