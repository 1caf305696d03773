using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Oracle.Datasets;
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

    [Fact]
    public async Task EveryDatasetIsInTheSuite()
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var met = Entitlements.Roles.SelectMany(entry => stored.ChartsOf(entry.Key).SelectMany(chart => entry.Value.Select(role => (chart.Dataset, role))));

        Assert.Equal(OwnDataset.All.Select(own => own.Key).Order(StringComparer.Ordinal), stored.Datasets.Keys.Where(key => key != "").Order(StringComparer.Ordinal));
        Assert.Equal(Entitlements.Datasets.Order(), met.Distinct().Order());
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
