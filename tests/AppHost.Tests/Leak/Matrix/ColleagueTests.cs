using System.Globalization;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>
/// Colleagues of one clinic at the same chart, one after the other and the administrator again after each: an answer
/// that waits in a cache for one is none for the other. In shared tables, in a schema and in a database of the clinic's own.
/// </summary>
public sealed class ColleagueTests(StackFixture stack)
{
    private const string OwnWork = "appointments";
    private const string OwnPatients = "outcomes";

    /// <summary>All that colleagues share where clinics share tables; elsewhere the two that a clinician's own rows and own patients decide.</summary>
    public static TheoryData<string, string> Dashboards =>
        [.. Entitlements.Shared.Select(dashboard => (dashboard, "northside")), (OwnWork, "manly"), (OwnPatients, "manly"), (OwnWork, "hurstville"), (OwnPatients, "hurstville")];

    public static TheoryData<string, string> AllDashboards =>
        [.. Entitlements.Shared.SelectMany(_ => Entitlements.Clinics, (dashboard, clinic) => (dashboard, clinic))];

    public static TheoryData<string> Clinics => [.. Entitlements.Clinics];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public Task ColleaguesSeeTheirOwnRows(string dashboard, string clinic) =>
        AskAsync(dashboard, clinic, questions => questions.DistinctBy(question => (question.Dataset, question.Kind)));

    [Theory]
    [Trait("Category", "All")]
    [MemberData(nameof(AllDashboards))]
    public Task ColleaguesSeeTheirOwnRowsOfEveryChartAndFilter(string dashboard, string clinic) => AskAsync(dashboard, clinic, questions => questions);

    [Theory]
    [MemberData(nameof(Clinics))]
    public async Task CliniciansHaveOwnRowsAndOwnPatientsToTellApart(string clinic)
    {
        var administrator = Entitlements.ColleaguesOn(OwnPatients, clinic)[0];
        var clinicians = Entitlements.CliniciansOf(clinic);
        Assert.Equal(2, clinicians.Length);
        foreach (var clinician in clinicians)
        {
            Assert.InRange(await CountAsync(clinician, OwnWork), 1, await CountAsync(administrator, OwnWork) - 1);

            // Of own patients, also what colleagues did for them; of the own work, not what was for a colleague's patients.
            Assert.InRange(await CountAsync(clinician, OwnPatients), 1, await CountAsync(administrator, OwnPatients) - 1);
            Assert.NotEqual(0, await CountAsync(clinician, OwnPatients, $"staff_id <> '{clinician.StaffId}'"));
            var own = $"staff_id = '{clinician.StaffId}'";
            Assert.InRange(await CountAsync(clinician, OwnPatients, own), 1, await CountAsync(administrator, OwnPatients, own) - 1);
        }
    }

    private async Task<int> CountAsync(Person person, string dataset, string condition = "true")
    {
        var count = await ClinicOracle.OwnAsync(stack, person, dataset, rows => $"select count(*) from ({rows}) own where {condition}");
        return int.Parse(count.Lines[0][0], CultureInfo.InvariantCulture);
    }

    private async Task AskAsync(string dashboard, string clinic, Func<IEnumerable<Question>, IEnumerable<Question>> choice)
    {
        var colleagues = Entitlements.ColleaguesOn(dashboard, clinic);
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
