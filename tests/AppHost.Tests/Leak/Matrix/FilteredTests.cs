using System.Globalization;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// A dashboard narrowed as people narrow it: by a value of each of its filters, by a month. What is one person's own value
/// is a foreign clinic's for the next, who sees nothing by it.
/// </summary>
public sealed class FilteredTests(StackFixture stack)
{
    private const string Cheap = "appointments";

    public static TheoryData<string> Roles => [.. Entitlements.Datasets.Where(entry => entry.Dataset == Cheap).Select(entry => entry.Role)];

    public static TheoryData<string, string> Others => [.. Entitlements.Datasets.Where(entry => entry.Dataset != Cheap)];

    [Theory]
    [MemberData(nameof(Roles))]
    public Task NarrowedAppointmentsAreEachPersonsOwn(string role) => AskAsync(Cheap, role);

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Others))]
    public Task NarrowedRowsAreEachPersonsOwn(string dataset, string role) => AskAsync(dataset, role);

    private async Task AskAsync(string dataset, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var persons = Entitlements.PersonsOf(role);
        var turns = new Turns(stack);
        foreach (var dashboard in Entitlements.DashboardsOf(role).Where(key => stored.ChartsOf(key).Any(chart => chart.Dataset == dataset)).Take(1))
        {
            foreach (var narrowing in await NarrowingsAsync(stored, dashboard, dataset, persons))
            {
                var chart = stored.ChartsOf(dashboard).FirstOrDefault(chart => chart.Dataset == dataset && narrowing.Fits(chart));
                Assert.True(chart is not null, $"No chart of {dataset} on {dashboard} can be narrowed to {narrowing}.");
                foreach (var question in QuestionsOf.Chart(stored, narrowing.Of(chart), role))
                {
                    await turns.AskAsync(question, persons, afresh: false);
                }
            }
        }

        Assert.True(turns.Asked > 0, $"Nothing of {dataset} is narrowed by {role}.");
        turns.AssertNone();
    }

    private async Task<IReadOnlyList<Narrowing>> NarrowingsAsync(StoredDashboards stored, string dashboard, string dataset, Person[] persons)
    {
        var narrowings = new List<Narrowing>();
        foreach (var column in stored.FiltersOf(dashboard).Select(filter => filter.Column).Where(stored.Datasets[dataset].Titles.ContainsKey))
        {
            var own = await ValuesAsync(persons[0], dataset, column);
            narrowings.Add(new Narrowing(column, own[0]));
            foreach (var foreign in persons.Length == 1 ? [] : (await ValuesAsync(persons[1], dataset, column)).Except(own).Take(1))
            {
                narrowings.Add(new Narrowing(column, foreign));
            }
        }

        return stored.HasPeriod(dashboard) ? [.. narrowings, Narrowing.To(await LastMonthAsync())] : narrowings;
    }

    // The commonest first.
    private async Task<IReadOnlyList<string>> ValuesAsync(Person person, string dataset, string column)
    {
        var own = await ClinicOracle.OwnAsync(
            stack, person, dataset, rows => $"select \"{column}\" from ({rows}) own where \"{column}\" is not null group by 1 order by count(*) desc, 1");
        return [.. own.Lines.Select(line => line[0])];
    }

    private async Task<string> LastMonthAsync()
    {
        var read = await ClinicOracle.ReadAsync(stack, "clinic", "select reporting_day::text from clinic_load.loads");
        var today = DateOnly.ParseExact(read.Lines[0][0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var until = new DateOnly(today.Year, today.Month, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{until.AddMonths(-1):yyyy-MM-dd} : {until:yyyy-MM-dd}");
    }
}
