using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// All persons of a role ask the same at the same time, chart after chart: workers' threads, flights that others wait for
/// and answers on their way into a cache are each person's own.
/// </summary>
public sealed class TogetherTests(StackFixture stack)
{
    private const string Cheap = "appointments";
    private const int Rounds = 8;

    public static TheoryData<string> Roles => [.. Entitlements.Datasets.Where(entry => entry.Dataset == Cheap).Select(entry => entry.Role)];

    public static TheoryData<string, string> Others => [.. Entitlements.Datasets.Where(entry => entry.Dataset != Cheap)];

    [Theory]
    [MemberData(nameof(Roles))]
    public Task WhoAskForAppointmentsAtOnceSeeTheirOwn(string role) => AskAsync(Cheap, role);

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(Others))]
    public Task WhoAskAtOnceSeeTheirOwn(string dataset, string role) => AskAsync(dataset, role);

    private async Task AskAsync(string dataset, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var turns = new Turns(stack);
        foreach (var question in QuestionsOf.About(stored, dataset, role).OrderBy(question => question.Kind).Take(Rounds))
        {
            await turns.AskTogetherAsync(question, Entitlements.PersonsOf(role));
        }

        Assert.True(turns.Asked > 0, $"{role} asks nothing of {dataset}.");
        turns.AssertNone();
    }
}
