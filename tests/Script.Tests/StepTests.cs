namespace EmbedStack.Script.Tests;

public sealed class StepTests
{
    [Fact]
    public async Task StoppingTheScriptStopsWhatTheStepStarted()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            slow() { sleep 30 & echo $! >"$state/child"; wait; }
            (step slow 'wait' slow) & runner=$!
            while [ ! -s "$state/child" ]; do sleep 0.1; done
            kill -TERM "$runner"
            wait "$runner" || code=$?
            for _ in $(seq 50); do kill -0 "$(cat "$state/child")" 2>/dev/null || { echo "gone after exit code $code"; exit; }; sleep 0.1; done
            kill "$(cat "$state/child")"
            """);

        Assert.Contains("gone after exit code 130", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BegunStepGoesOnBesideOthersAndIsSaidWhenItIsWaitedFor()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            begun() { while [ ! -e "$state/other" ]; do sleep 0.1; done; }
            begin_step Keycloak 'wait' begun
            step build 'wait' touch "$state/other"
            end_step Keycloak
            end_step 'Not begun'
            """);

        Assert.Equal(["  build", "  Keycloak"], run.Output.TrimEnd().Split('\n').Select(line => line.Split("   ")[0]));
        Assert.DoesNotContain("failed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step build 'read' false")]
    [InlineData("step build 'read' sleep 0; exit 1")]
    public async Task FailureStopsWhatWasBegun(string failing)
    {
        var run = await ScriptRun.FunctionAsync(
            $$"""
            slow() { sleep 60 & echo $! >"$state/child"; wait; }
            code=0
            (begin_step Keycloak 'wait' slow; while [ ! -s "$state/child" ]; do sleep 0.1; done; {{failing}}) || code=$?
            for _ in $(seq 100); do kill -0 "$(cat "$state/child")" 2>/dev/null || { echo "gone after exit code $code"; exit; }; sleep 0.1; done
            """);

        Assert.Contains("gone after exit code 1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepLeavesNothingRunning()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            leaving() { sleep 60 & echo $! >"$state/child"; }
            step build 'wait' leaving
            for _ in $(seq 100); do kill -0 "$(cat "$state/child")" 2>/dev/null || { echo gone; exit; }; sleep 0.1; done
            """);

        Assert.EndsWith("gone\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondSetUpWaitsForTheFirst()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            (take_setup_lock; touch "$state/held"; sleep 1; echo first) &
            while [ ! -e "$state/held" ]; do sleep 0.1; done
            take_setup_lock
            echo second
            """);

        Assert.Equal(["Waiting for another set-up of this clone", "first", "second"], run.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task DeletedArtifactsAreBuiltAgain()
    {
        var run = await ScriptRun.FunctionAsync(
            """
            root=$state; cd "$root"
            sources_changed stack && echo before
            mkdir -p artifacts/offline; touch "$(build_stamp stack)"
            sources_changed stack || echo built
            rm -rf artifacts
            sources_changed stack && echo again
            """);

        Assert.Equal(["before", "built", "again"], run.Output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("build")]
    public async Task FindingInTheWebsSourcesFailsItsTests(string script)
    {
        var run = await ScriptRun.FunctionAsync(
            $$"""
            filter= EMBEDSTACK_TEST_WEB=dev # the built one is built before any test
            npm() { [ "${*: -1}" != {{script}} ]; }
            npx() { :; }
            test_web || echo failed
            npm() { :; }
            test_web && echo passed
            """);

        Assert.Equal(["failed", "passed"], run.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task StackThatIsStillStartingIsNotCalledUp()
    {
        var run = await ScriptRun.FunctionAsync("mkdir -p \"$run\"; printf 'state\\tstarting\\n' >\"$status_file\"; already_up");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("another start of this clone is under way", run.Error, StringComparison.Ordinal);
    }
}
