//#if (origin)
using System.Text.RegularExpressions;
//#endif

namespace EmbedStack.Script.Tests;

public sealed partial class ImageTests
{
    // A container runtime that writes down what it is told to remove.
    private const string Runtime =
        """
        lines() { [ -z "$1" ] || printf '%s\n' "$1"; }
        tool() {
            case "$1" in
                ps) lines "$listed" ;;
                volume) [ "$2" = ls ] && printf 'asked %s\n' "${*: -1}" >>"$state/told" && lines "${volumes:-}" || printf '%s\n' "$*" >>"$state/told" ;;
                *) printf '%s\n' "$*" >>"$state/told" ;;
            esac
        }
        """;

    //#if (origin)
    [Fact]
    public async Task EachImageIsNamedAsTheModelAndTheTableNameIt()
    {
        var run = await ScriptRun.FunctionAsync(
            "for part in debian postgres redis keycloak python tunnel; do image=$(image_of $part); echo $image; grep -qF \"| \\`$image\\` |\" $standins/README.md || echo missing in the table; done");

        Assert.All(run.Output.TrimEnd().Split('\n'), line => Assert.Matches(FullName(), line));
    }

    [GeneratedRegex(@"^[a-z]+(\.[a-z]+)+(/[a-z]+)+:[a-z0-9.-]+$")]
    private static partial Regex FullName();

    //#endif
    [Fact]
    public async Task OnlyContainersOfADeadAppHostAreSwept()
    {
        var run = await ScriptRun.FunctionAsync(
            Runtime + "\nlisted=$(printf 'living %s\\ndead 4194305' $$); container_runtime=tool; sweep_containers; cat \"$state/told\"");

        Assert.Equal("rm --force --volumes dead", run.Output.Split('\n')[0]);
    }

    [Fact]
    public async Task ThrowAwayVolumesOfADeadAppHostAreSweptAndKeptOnesAreNot()
    {
        var run = await ScriptRun.FunctionAsync(
            Runtime + """

                listed=; volumes=$(printf 'embedstack-%s-run-%s-aaaaaaaa-postgres\nembedstack-%s-run-4194305-bbbbbbbb-postgres' "$(clone_id)" $$ "$(clone_id)")
                container_runtime=tool; sweep_containers; cat "$state/told"; clone_id
                """);

        var lines = run.Output.TrimEnd().Split('\n');
        var clone = lines[^1];
        Assert.Equal([$"asked name=^embedstack-{clone}-run-", $"volume rm embedstack-{clone}-run-4194305-bbbbbbbb-postgres"], lines[..^1]);
    }

    [Fact]
    public async Task VolumesAreAskedForByTheClonesName()
    {
        var run = await ScriptRun.FunctionAsync(
            Runtime + "\nlisted=; container_tool() { printf tool; }; delete_volumes; cat \"$state/told\"; clone_id");

        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal([$"asked name=^embedstack-{lines[1]}-"], lines[..1]);
    }

    [Fact]
    public async Task PodmansSettingsStandInTheClone()
    {
        var run = await ScriptRun.FunctionAsync(
            "podman_program() { printf /usr/bin/true; }; write_podman_settings; printf '%s\\n' $CONTAINERS_CONF $CONTAINERS_STORAGE_CONF $CONTAINERS_REGISTRIES_CONF $(command -v podman); grep -c \"$state\" $CONTAINERS_STORAGE_CONF; echo $state");

        var lines = run.Output.TrimEnd().Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.All(lines[..4], line => Assert.StartsWith($"{lines[5]}/containers/", line, StringComparison.Ordinal));
        Assert.Equal("2", lines[4]);
    }

    //#if (clinics)
    private const string NoRuntime = "unset ASPIRE_CONTAINER_RUNTIME; docker_answers() { false; }; podman_is_here() { false; }; id() { echo 1000; }; ";

    [Fact]
    public async Task WithoutAContainerRuntimeTheirSuiteSaysWhyItIsNotRunAndDoesNotFail()
    {
        var run = await ScriptRun.FunctionAsync(
            NoRuntime + "reports=$state/reports; run_tests containers; cat $reports/containers.xml");

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.TrimEnd().Split('\n');
        Assert.StartsWith("containers: not run, since neither Docker", lines[0], StringComparison.Ordinal);
        Assert.Equal("0 passed, 0 failed, 1 skipped", lines[1]);
        Assert.Contains("<skipped/>", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereTheirSuiteIsRequiredItFailsWithoutAContainerRuntime()
    {
        var run = await ScriptRun.FunctionAsync(NoRuntime + "EMBEDSTACK_CONTAINERS=required; run_tests containers");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("embedstack: containers: neither Docker", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DockerWithoutImagesIsNone()
    {
        var run = await ScriptRun.FunctionAsync(
            "unset ASPIRE_CONTAINER_RUNTIME; docker_answers() { true; }; images_are_to_be_had() { false; }; id() { echo 1000; }; reports=$state/reports; run_tests containers");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith("0 passed, 0 failed, 1 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WherePodmanStartsNothingTheirSuiteSaysWhyAndDoesNotFail()
    {
        var run = await ScriptRun.FunctionAsync(
            "unset ASPIRE_CONTAINER_RUNTIME; docker_answers() { false; }; podman_is_here() { true; }; images_are_to_be_had() { true; }; podman() { printf 'one\ncannot clone: Operation not permitted\n' >&2; false; }; timeout() { \"${@:2}\"; }; reports=$state/reports; run_tests containers");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["containers: not run, since Podman starts no container: cannot clone: Operation not permitted", "0 passed, 0 failed, 1 skipped"],
            run.Output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task SuiteWithoutAStackHasNoContainers()
    {
        var run = await ScriptRun.CommandAsync("test image --runtime container");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("suite 'image' starts no stack", run.Error, StringComparison.Ordinal);
    }
    //#endif
}
