using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// Colleagues of one clinic at the same chart, one after the other and the administrator again after each: an answer
/// that waits in a cache for one is none for the other.
/// </summary>
public sealed class ColleagueTests(StackFixture stack)
{
    public static TheoryData<string> Dashboards => [.. Entitlements.Shared];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public Task ColleaguesSeeTheirOwnRows(string dashboard) => AskAsync(dashboard, questions => questions.DistinctBy(question => (question.Dataset, question.Kind)));

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Dashboards))]
    public Task ColleaguesSeeTheirOwnRowsOfEveryChartAndFilter(string dashboard) => AskAsync(dashboard, questions => questions);

    private async Task AskAsync(string dashboard, Func<IEnumerable<Question>, IEnumerable<Question>> choice)
    {
        var colleagues = Entitlements.ColleaguesOn(dashboard);
        var stored = await StoredDashboards.ReadAsync(stack);
        var turns = new Turns(stack);
        // What every one of them may ask: the front desk neither drills nor exports.
        foreach (var question in choice(QuestionsOf.Dashboard(stored, dashboard, "staff")))
        {
            await turns.AskAsync(question, colleagues);
            await turns.RepeatAsync(question, colleagues.Reverse());
        }

        Assert.True(turns.Asked > 0);
        turns.AssertNone();
    }
}
