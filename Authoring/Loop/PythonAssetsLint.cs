using EmbedStack.ServiceDefaults.Jobs;

namespace EmbedStack.Authoring.Loop;

/// <summary>The same lint that the tests of <c>SupersetContainer</c> run: <c>python -m embedstack.assets_lint</c>.</summary>
/// <param name="python">Superset's Python.</param>
/// <param name="package">The folder that has the package <c>embedstack</c>.</param>
internal sealed class PythonAssetsLint(string python, string package) : IAssetsLint
{
    private const string Total = " refusals";

    public async Task<IReadOnlyList<string>> RefusalsAsync(string root, IEnumerable<string> keys)
    {
        var run = await ProgramOutput.OfAsync(
            python,
            ["-m", "embedstack.assets_lint", root, .. keys],
            new() { ["PYTHONPATH"] = package, ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONHOME"] = null, ["PYTHONSTARTUP"] = null, ["VIRTUAL_ENV"] = null });
        var lines = run.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return run.ExitCode switch
        {
            0 => [],
            1 when lines.Length > 0 => [.. lines.Where(line => !line.EndsWith(Total, StringComparison.Ordinal))],
            _ => throw new JobException($"the lint of assets ended with {run.ExitCode}: {run.Complaint}"),
        };
    }
}
