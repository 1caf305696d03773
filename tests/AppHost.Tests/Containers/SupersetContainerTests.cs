using System.Globalization;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Containers;

/// <summary>Superset's container as it runs in the stack: what whoever breaks into it finds.</summary>
[Trait("Category", "Containers")]
public sealed class SupersetContainerTests(StackFixture stack)
{
    private const string ItsPort = "1F98"; // 8088

    private readonly StackContainer superset = new(stack, ResourceNames.Superset);

    [Fact]
    public async Task ItsUserIsNobodyWithoutRights()
    {
        Assert.Equal("10001:10001", (await superset.RunAsync("echo $(id -u):$(id -g)")).Output.Trim());

        var status = (await superset.RunAsync("cat /proc/1/status")).Output;
        Assert.Matches(@"CapEff:\s+0{16}\n", status);
        Assert.Matches(@"CapBnd:\s+0{16}\n", status);
        Assert.Matches(@"NoNewPrivs:\s+1\n", status);
    }

    [Fact]
    public async Task OnlyItsTmpfsCanBeWritten()
    {
        var written = await superset.RunAsync("for place in / /app /opt/venv /etc /home /var /run /usr; do touch $place/x 2>/dev/null && echo $place; done; touch /tmp/x && rm /tmp/x && echo /tmp");

        // /run is the container runtime's own tmpfs with a read-only root, open to its root alone.
        Assert.Equal("/tmp", written.Output.Trim());
        Assert.Equal("true", await superset.InspectAsync("{{.HostConfig.ReadonlyRootfs}}"));
    }

    [Fact]
    public async Task NothingInItInstallsOrCompiles()
    {
        var tools = "pip pip3 uv uvx easy_install gcc cc g++ c++ make ld as cargo go git curl wget ssh pytest";

        var found = await superset.RunAsync($"for tool in {tools}; do command -v $tool; done; find / -xdev \\( -name 'pip*' -o -name uv -o -name ensurepip -o -name pytest \\) -path '*/bin/*' 2>/dev/null; python -m pip --version 2>/dev/null; python -m ensurepip --version 2>/dev/null");

        Assert.Equal("", found.Output.Trim());
    }

    [Fact]
    public async Task NoTestsSamplesOrHistoryAreInIt()
    {
        var found = await superset.RunAsync(
            "find / -xdev \\( -name '.*_history' -o -name tests -path '*/site-packages/*' -o -path '*/superset/examples/*' ! -name '*.py' ! -name '*.pyc' ! -type d \\) 2>/dev/null");

        Assert.Equal("", found.Output.Trim());
    }

    [Fact]
    public async Task ItListensAtItsPortAlone()
    {
        // As text: the image has no tool for it. Container runtimes answer names at 127.0.0.11, where they do that inside.
        var rows = (await superset.RunAsync("cat /proc/net/tcp /proc/net/tcp6")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 3 && fields[3] == "0A" && !fields[1].StartsWith("0B00007F", StringComparison.Ordinal))
            .Select(fields => fields[1].Split(':')[1]);

        Assert.Equal([ItsPort], rows.Distinct());
    }

    [Fact]
    public async Task NoSecretIsInTheImageOrAnArgument()
    {
        var image = await superset.InspectAsync("{{.Image}}");
        var told = (await StackContainer.AskAsync("history", "--no-trunc", "--format", "{{.CreatedBy}}", image)).Output
            + (await StackContainer.AskAsync("image", "inspect", image)).Output
            + await superset.InspectAsync("{{.Args}} {{.Config.Cmd}} {{.Config.Labels}}")
            + (await superset.RunAsync("tr '\\0' ' ' </proc/1/cmdline")).Output;

        foreach (var name in new[] { "superset-secret-key", "guest-token-secret", "assertion-key", "postgres-password", "redis-password" })
        {
            Assert.DoesNotContain(await stack.ParameterAsync(name), told, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("(?i)(password|secret|token)=[^ ]", told);
    }

    [Fact]
    public async Task ServerIsTheFirstProcess()
    {
        Assert.Contains("gunicorn", (await superset.RunAsync("tr '\\0' ' ' </proc/1/cmdline")).Output, StringComparison.Ordinal);
        var workers = (await superset.RunAsync("cat /proc/*/comm | grep -c '^gunicorn'")).Output.Trim();
        Assert.True(int.Parse(workers, CultureInfo.InvariantCulture) >= 2, workers);
    }

    [Fact]
    public async Task ImageSaysWhatItIs()
    {
        var image = await superset.InspectAsync("{{.Image}}");
        var labels = (await StackContainer.AskAsync("image", "inspect", "--format", "{{json .Config.Labels}}", image)).Output;

        Assert.Contains("\"org.opencontainers.image.version\":\"6.1.0\"", labels, StringComparison.Ordinal);
        Assert.Contains("/health", (await StackContainer.AskAsync("image", "inspect", "--format", "{{json .Config.Healthcheck}}", image)).Output, StringComparison.Ordinal);
    }
}
