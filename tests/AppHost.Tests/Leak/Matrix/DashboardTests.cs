using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>Everything that every role may ask on every dashboard: tabs are charts, and all charts are asked.</summary>
public sealed class DashboardTests(StackFixture stack)
{
    public static TheoryData<string, string> Dashboards =>
        [.. Entitlements.Roles.SelectMany(entry => entry.Value.Select(role => (entry.Key, role)))];

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Dashboards))]
    public async Task EverybodySeesExactlyTheirOwnRowsOfEveryChartFilterDrillAndExport(string dashboard, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var questions = QuestionsOf.Dashboard(stored, dashboard, role).ToArray();
        Assert.NotEmpty(questions);
        var turns = new Turns(stack);
        foreach (var (place, question) in questions.Index())
        {
            var isDrill = question.Kind == QuestionKind.DrillBy;
            await turns.AskAsync(question, isDrill ? Pair(role, place) : Entitlements.PersonsOf(role), afresh: !isDrill);
        }

        turns.AssertNone();
    }

    // Charts times columns are many: each pair is asked between the first person and one other, in rotation.
    private static Person[] Pair(string role, int place)
    {
        var persons = Entitlements.PersonsOf(role);
        return persons.Length == 1 ? persons : [persons[0], persons[1 + (place % (persons.Length - 1))]];
    }

    [Fact]
    public async Task EveryDashboardIsInTheSuite()
    {
        var stored = await StoredDashboards.ReadAsync(stack);

        Assert.Equal(Entitlements.Roles.Keys.Order(StringComparer.Ordinal), stored.Keys.Order(StringComparer.Ordinal));
        Assert.All(stored.Keys, key => Assert.NotEmpty(stored.ChartsOf(key)));
    }
}
