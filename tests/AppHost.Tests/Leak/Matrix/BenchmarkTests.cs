using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>Administrators may read benchmarks, which none of their dashboards shows at first: a network may grant them one that does.</summary>
public sealed class BenchmarkTests(StackFixture stack)
{
    private const string Dashboard = "clinician";

    [Fact]
    public async Task AdministratorsSeeTheirOwnClinicAndTheNetworksAverage()
    {
        var administrators = Entitlements.PersonsOf("admin");
        await using var granted = await GrantedDashboard.ToAsync(stack, Dashboard, "admin", administrators);
        var questions = QuestionsOf.Dashboard(await StoredDashboards.ReadAsync(stack), Dashboard, "admin").Where(question => question.Dataset == "benchmarks").ToArray();
        Assert.NotEmpty(questions);
        var turns = new Turns(stack);
        foreach (var question in questions.DistinctBy(question => question.Kind))
        {
            await turns.AskAsync(question, administrators);
        }

        turns.AssertNone();
    }
}
