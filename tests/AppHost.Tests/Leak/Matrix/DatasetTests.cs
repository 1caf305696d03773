using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>For each dataset and role one chart, filter, drill and export.</summary>
public sealed class DatasetTests(StackFixture stack)
{
    public static TheoryData<string, string> Datasets => [.. Entitlements.Datasets];

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task EverybodySeesExactlyTheirOwnRows(string dataset, string role)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var questions = QuestionsOf.Dataset(stored, dataset, role).ToArray();
        Assert.NotEmpty(questions);
        var turns = new Turns(stack);
        foreach (var question in questions)
        {
            await turns.AskAsync(question, Entitlements.PersonsOf(role));
        }

        turns.AssertNone();
    }

    [Theory]
    [MemberData(nameof(Datasets))]
    public async Task EverybodyHasRowsToSee(string dataset, string role)
    {
        foreach (var person in Entitlements.PersonsOf(role))
        {
            var own = await ClinicOracle.OwnAsync(stack, person, dataset, rows => $"select count(*) from ({rows}) own");

            Assert.True(own.Lines[0][0] != "0", $"{person} has no rows in {dataset}: the comparison would prove nothing.");
        }
    }
}
