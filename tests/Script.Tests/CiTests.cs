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
        Assert.EndsWith($"failed  {phase}/{phase}: {phase}.all\n        it ended with 3 before it had a report\n1 passed, 1 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PhaseThatFailsWithAllItsTestsPassedFailsTheRun()
    {
        var run = await RunAsync(native: "report Api.Tests", containers: "report AppHost.Tests; exit 1");

        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task MachineWithoutContainersSkipsThemAndPasses()
    {
        var run = await RunAsync(native: "report Api.Tests", containers: "report containers '<skipped/>'");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("1 passed, 0 failed, 1 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoppingItStopsThePhaseAndBeginsNoOther()
    {
        var run = await ScriptRun.FunctionAsync(
            Clone("trap 'echo stopped; kill $!; exit 130' TERM; sleep 60 & touch begun; wait", "echo 'went on'") +
            """

            .ci/run & runner=$!
            for _ in $(seq 300); do [ ! -e begun ] || break; sleep 0.1; done
            kill -TERM "$runner"
            wait "$runner" || echo "ended with $?"
            """);

        Assert.Equal("stopped\nended with 130\n", run.Output);
    }

    private static Task<ProcessRun> RunAsync(string native, string containers, string before = "true", string after = "true") =>
        ScriptRun.FunctionAsync($"{Clone(native, containers)}\n. ./reporting; {before}; code=0; .ci/run || code=$?; {after}; exit $code");

    // A folder with what .ci/run is made of, and an ./embedstack that runs nothing.
    private static string Clone(string native, string containers) =>
        $$"""
        mkdir -p "$state/.ci" "$state/scripts"
        cp .ci/run "$state/.ci/"
        cp scripts/test-summary.py "$state/scripts/"
        cd "$state"
        cat >reporting <<'REPORTING'
        report() {
            mkdir -p artifacts/test-results
            printf '<testsuite><testcase classname="%s" name="holds">%s</testcase></testsuite>' "$1" "${2:-}" >"artifacts/test-results/$1.xml"
        }
        REPORTING
        cat >embedstack <<'FAKE'
        #!/usr/bin/env bash
        . ./reporting
        case "$*" in
            test) {{native}} ;;
            'test containers') {{containers}} ;;
        esac
        FAKE
        chmod +x embedstack
        """;
}
