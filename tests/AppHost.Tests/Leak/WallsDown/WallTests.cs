using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.WallsDown;

/// <summary>
/// Rules and policies taken down in turn, on a copy of the database: each holds without the other, and with both down
/// the suite sees other clinics' cells. Tokens are signed with the Api's own key: the walls before these are down. The clinic is one that no
/// other test asks as: it is moved to the copy while this lasts.
/// </summary>
public sealed class WallTests(StackFixture stack)
{
    private const string Foreign = "another clinic's cell: ";
    private const string Different = "not the own rows: ";

    private static readonly Person Person = Person.WollongongAdministrator;

    private int asked;

    [Fact]
    public async Task RulesAndPoliciesHoldWithoutEachOtherAndTheSuiteFailsWithoutBoth()
    {
        await using var clinics = await CopiedClinics.MakeAsync(stack, Person);

        Assert.Empty(await LeaksAsync(rules: true));
        Assert.Empty(await LeaksAsync(rules: false));

        await clinics.DropPoliciesAsync();

        Assert.Empty(await LeaksAsync(rules: true));
        var leaks = await LeaksAsync(rules: false);
        Assert.Contains(leaks, leak => leak.StartsWith(Foreign, StringComparison.Ordinal));
        Assert.Contains(leaks, leak => leak.StartsWith(Different, StringComparison.Ordinal));
    }

    private async Task<string[]> LeaksAsync(bool rules)
    {
        var question = await QuestionAsync();
        var answer = await AskAsync(question, rules);
        var foreign = (await OthersCells.OfAsync(stack, Person)).In(answer);
        var difference = await question.DifferenceAsync(stack, Person, answer);
        return [.. foreign.Select(cell => $"{Foreign}{cell}"), .. difference is null ? Array.Empty<string>() : [$"{Different}{difference}"]];
    }

    // Each time another chart: one question is asked afresh once in a while only.
    private async Task<QueryQuestion> QuestionAsync()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf("appointments").Where(chart => chart.Dataset == "appointments").ElementAt(asked++);
        return new QueryQuestion(QuestionKind.DrillBy, chart.Name, chart.Dashboard, chart.Dataset, force => DrillBy.Request(chart, "staff_name", force));
    }

    private async Task<Answer> AskAsync(QueryQuestion question, bool rules)
    {
        var answer = await question.AskAsync(new Guest(stack, await TokenAsync(rules), usual: Way.Passed), force: true);
        Assert.True(answer.IsOk, answer.ToString());
        return answer;
    }

    // A token of the Api's own making, but for the rules where they are down.
    private async Task<string> TokenAsync(bool rules)
    {
        var token = await CopiedClinics.TokenAsync(stack, Person, "appointments");
        return rules ? token : await ForgedRules.DownInAsync(stack, token);
    }
}
