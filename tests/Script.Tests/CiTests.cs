using EmbedStack.Tests.Processes;

namespace EmbedStack.Script.Tests;

/// <summary>What <c>.ci/run</c> makes of the two runs of tests that it starts.</summary>
public sealed class CiTests
{
    private const string Failed = "report AppHost.Tests '<failure message=\"another row\"/>'; exit 1";

    [Fact]
    public async Task BothPhasesAreAddedUpInTheLastLine()
    {
        var run = await RunAsync(native: "report Api.Tests", containers: "report AppHost.Tests", after: "ls artifacts/ci/*");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches("(?m)^Took: native 0 min [0-9]+ s, containers 0 min [0-9]+ s\n2 passed, 0 failed, 0 skipped\nartifacts/ci/containers:\nAppHost.Tests.xml\n\nartifacts/ci/native:\nApi.Tests.xml$", run.Output);
    }

    [Theory]
    [InlineData(Failed, "report AppHost.Tests", "native")]
    [InlineData("report AppHost.Tests", Failed, "containers")]
    public async Task FailedPhaseFailsTheRunAndTheOtherIsRun(string native, string containers, string phase)
    {
        var run = await RunAsync(native, containers);

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith($"failed  {phase}/AppHost.Tests: AppHost.Tests.holds\n        another row\n1 passed, 1 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "report AppHost.Tests", "native")]
    [InlineData("report AppHost.Tests", "exit 3", "containers")]
    public async Task PhaseThatLeavesNoReportCountsAsFailed(string native, string containers, string phase)
    {
        var run = await RunAsync(native, containers, before: "mkdir -p artifacts/test-results; report Former");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith($"failed  {phase}/{phase}: {phase}.all\n        it ended with 3, and no report has a failed test\n1 passed, 1 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PhaseThatFailsWithAllItsTestsPassedFailsTheRun()
    {
        var run = await RunAsync(native: "report Api.Tests", containers: "report AppHost.Tests; exit 1");

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("failed  containers/containers: containers.all\n        it ended with 1, and no report has a failed test\n2 passed, 1 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MachineWithoutContainersSkipsThemAndPasses()
    {
        var run = await RunAsync(native: "report Api.Tests", containers: "report containers '<skipped/>'");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("1 passed, 0 failed, 1 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task StoppingItStopsAllOfThePhaseAndBeginsNoOther(string signal, int code)
    {
        // As the script does with one suite after the other, it waits for a child in the foreground, with no trap.
        var run = await ScriptRun.FunctionAsync(
            Clone("bash -c 'echo $$ >begun; exec sleep 60'; echo 'went on'", "echo 'went on'") +
            $$"""

            env --default-signal=INT .ci/run & runner=$!
            for _ in $(seq 300); do [ ! -s begun ] || break; sleep 0.1; done
            kill -{{signal}} "$runner"
            wait "$runner" || echo "ended with $?"
            for _ in $(seq 50); do kill -0 "$(cat begun)" 2>/dev/null || exit 0; sleep 0.1; done
            echo 'left behind'; kill "$(cat begun)"
            """);

        Assert.Equal($"ended with {code}\n", run.Output);
    }

    private static Task<ProcessRun> RunAsync(string native, string containers, string before = "true", string after = "true") =>
        ScriptRun.FunctionAsync($"{Clone(native, containers)}\n. ./reports.sh; {before}; code=0; .ci/run || code=$?; {after}; exit $code");

    // A folder with what .ci/run is made of, and an ./embedstack that runs nothing.
    private static string Clone(string native, string containers) =>
        $$"""
        mkdir -p "$state/.ci" "$state/scripts"
        cp .ci/run "$state/.ci/"
        cp scripts/test-summary.py "$state/scripts/"
        cd "$state"
        cat >reports.sh <<'REPORTING'
        report() {
            mkdir -p artifacts/test-results
            printf '<testsuite><testcase classname="%s" name="holds">%s</testcase></testsuite>' "$1" "${2:-}" >"artifacts/test-results/$1.xml"
        }
        REPORTING
        cat >embedstack <<'FAKE'
        #!/usr/bin/env bash
        . ./reports.sh
        case "$*" in
            test) {{native}} ;;
            'test containers') {{containers}} ;;
        esac
        FAKE
        chmod +x embedstack
        """;
}
