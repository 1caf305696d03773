namespace EmbedStack.Hosting.Tests;

public sealed class SupersetScriptTests
{
    [Fact]
    public async Task HandsDownTheModelsVariablesAndNotTheCallers()
    {
        await using var process = new ScriptProcess(
            "superset.sh", ["env"], ("SUPERSET_PORT", "1"), ("PYTHONPATH", "/model"), ("PYTHONHOME", "/caller"), ("http_proxy", "http://caller"));

        Assert.Equal(0, await process.ExitAsync());
        var names = process.Log.Split('\n').Select(line => line.Split('=')[0]).ToList();
        Assert.Contains("SUPERSET_PORT", names);
        Assert.Contains("PYTHONPATH=/model", process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("PGHOST", names);
        Assert.DoesNotContain("PYTHONHOME", names);
        Assert.DoesNotContain("http_proxy", names);
    }
}
