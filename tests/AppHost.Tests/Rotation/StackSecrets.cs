using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Rotation;

/// <summary>The files of the running stack's secrets, as its status file names them.</summary>
internal sealed class StackSecrets
{
    private readonly Dictionary<string, string[]> files;
    private readonly Dictionary<string, string> values;
    private readonly string folder;

    private StackSecrets(string folder, Dictionary<string, string[]> files)
    {
        (this.folder, this.files) = (Path.Combine(folder, "rotation"), files);
        values = files.ToDictionary(secret => secret.Key, secret => File.ReadLines(secret.Value[0]).First());
    }

    public IReadOnlyList<string> Names => [.. files.Keys];

    public string Lock => Path.Combine(folder, "lock");

    public static async Task<StackSecrets> ReadAsync(StackFixture stack)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        string[][] lines;
        while (!(lines = [.. (await LinesAsync(stack)).Select(line => line.Split('\t'))]).Any(fields => fields is ["state", "running"]))
        {
            Assert.True(DateTime.UtcNow < deadline, $"The status file does not say that the stack runs.\n{stack.Describe()}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        return new StackSecrets(
            lines.Single(fields => fields is ["secrets", _, _])[1],
            lines.Where(fields => fields is ["secret", _, _]).GroupBy(fields => fields[1], fields => fields[2]).ToDictionary(secret => secret.Key, secret => secret.ToArray()));
    }

    /// <summary>The lines of a secret's file, the same for each of its holders.</summary>
    public string[] LinesOf(string name)
    {
        var contents = files[name].Select(File.ReadAllText).Distinct().ToArray();
        return Assert.Single(contents).TrimEnd().Split('\n');
    }

    public DateTime ChangedAt(string name) => File.GetLastWriteTimeUtc(files[name][0]);

    /// <summary>Every value that stands in a file now.</summary>
    public IEnumerable<string> AllValues() => files.Values.SelectMany(paths => paths).SelectMany(File.ReadLines).Where(line => line.Length > 0);

    /// <summary>Gives all secrets the values that other tests know, by rotations that were begun with them.</summary>
    public async Task RestoreAsync(RotationTool tool)
    {
        string[] changed = [.. values.Where(secret => LinesOf(secret.Key)[0] != secret.Value || File.Exists(Path.Combine(folder, secret.Key))).Select(secret => secret.Key)];
        foreach (var name in changed)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), values[name]);
        }

        if (changed.Length > 0)
        {
            await tool.SucceedAsync(changed);
        }
    }

    private static async Task<string[]> LinesAsync(StackFixture stack) =>
        File.Exists(stack.StatusFile) ? await File.ReadAllLinesAsync(stack.StatusFile, TestContext.Current.CancellationToken) : [];
}
