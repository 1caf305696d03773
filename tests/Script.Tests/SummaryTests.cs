namespace EmbedStack.Script.Tests;

/// <summary>The last lines of a run of tests.</summary>
public sealed class SummaryTests
{
    private const string Junit =
        """
        <testsuites><testsuite><testcase classname="walls" name="holds"/><testcase classname="walls" name="later"><skipped/></testcase>
        <testcase classname="walls" name="stands[a-b]"><failure message="assert 1 == 2&#10;more">trace</failure></testcase></testsuite></testsuites>
        """;

    private const string Trx =
        """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results><UnitTestResult testName="Edge.Answers" outcome="Passed"/>
        <UnitTestResult testName="Edge.Refuses" outcome="Failed"><Output><ErrorInfo><Message>
        Assert.Equal() Failure
        Expected: 1</Message></ErrorInfo></Output></UnitTestResult></Results></TestRun>
        """;

    [Fact]
    public async Task EachFailedTestIsNamedBeforeTheSum()
    {
        var run = await SummaryAsync($"echo '{Junit}' >\"$state/python.xml\"; echo '{Trx}' >\"$state/Api.Tests.trx\"");

        Assert.Equal(
            """
            failed  Api.Tests: Edge.Refuses
                    Assert.Equal() Failure
            failed  python: walls.stands[a-b]
                    assert 1 == 2
            2 passed, 2 failed, 1 skipped
            1
            """,
            run);
    }

    [Fact]
    public async Task ReportThatIsCutOffCountsAsFailed() =>
        Assert.Matches("^failed  python: python.xml\n        it is no report: .+\n0 passed, 1 failed, 0 skipped\n1$", await SummaryAsync("echo '<testsuite><testcase' >\"$state/python.xml\""));

    [Fact]
    public async Task RunWithoutATestFails() => Assert.Equal("0 passed, 0 failed, 0 skipped\n1", await SummaryAsync("true"));

    private static async Task<string> SummaryAsync(string reports) =>
        (await ScriptRun.FunctionAsync($"{reports}; code=0; python3 scripts/test-summary.py \"$state\" || code=$?; echo $code")).Output.TrimEnd();
}
