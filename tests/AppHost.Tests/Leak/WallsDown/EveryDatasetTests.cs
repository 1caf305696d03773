using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Others;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.WallsDown;

/// <summary>
/// As <see cref="WallTests"/>, for every dataset and role: with rules or policies alone everybody sees the own rows, and
/// without both whoever may not see all sees more.
/// </summary>
public sealed class EveryDatasetTests(StackFixture stack)
{
    public static TheoryData<string, string> Datasets => [.. Entitlements.Datasets];

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Datasets))]
    public async Task RulesAndPoliciesHoldWithoutEachOther(string dataset, string role)
    {
        var person = PersonOf(role);
        var (one, other) = await QuestionsAsync(dataset, role);
        await using var clinics = await CopiedClinics.MakeAsync(stack, person);

        Assert.Null(await LeakAsync(person, one, rules: true));
        Assert.Null(await LeakAsync(person, other, rules: false));

        await clinics.DropPoliciesAsync();

        Assert.Null(await LeakAsync(person, other, rules: true));

        // All that the network has is for its leadership.
        Assert.Equal(role != "network", await LeakAsync(person, one, rules: false) is not null);
    }

    // Of the clinics that share tables: other tests wait for their turn, and the person's store is put back.
    private static Person PersonOf(string role) => role switch
    {
        "admin" => Person.WollongongAdministrator,
        "clinician" => Person.HarbourClinician,
        "staff" => Person.HarbourStaff,
        _ => Person.Leadership,
    };

    // By the same rules each is asked once: a question is asked afresh once in a while only.
    private async Task<(QueryQuestion One, QueryQuestion Other)> QuestionsAsync(string dataset, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var questions = QuestionsOf.About(stored, dataset, role).OfType<QueryQuestion>().Where(question => question.Kind == QuestionKind.Chart).DistinctBy(question => question.ToString()).ToArray();
        Assert.True(questions.Length > 1, $"{role} has {questions.Length} charts of {dataset}.");
        return (questions[0], questions[1]);
    }

    private async Task<string?> LeakAsync(Person person, QueryQuestion question, bool rules)
    {
        var token = await CopiedClinics.TokenAsync(stack, person, question.Dashboard);
        var guest = new Guest(stack, rules ? token : await ForgedRules.DownInAsync(stack, token), usual: Way.Passed);
        var answer = await question.AskAsync(guest, force: true);
        Assert.True(answer.IsOk, answer.ToString());
        return (await OthersCells.OfAsync(stack, person)).In(answer) is [var foreign, ..] ? foreign : await question.DifferenceAsync(stack, person, answer);
    }
}
