namespace EmbedStack.AppHost.Status;

/// <summary>Writes tab-separated lines that others read while they change: whole or not at all.</summary>
internal sealed class StatusFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public async Task WriteAsync(IEnumerable<string[]> lines, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.Create };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        await using (var writer = new StreamWriter(temporary, options) { NewLine = "\n" })
        {
            foreach (var fields in lines)
            {
                await writer.WriteLineAsync(string.Join('\t', fields.Select(OneLine)).AsMemory(), cancellationToken);
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string OneLine(string field) => field.ReplaceLineEndings(" ").Replace('\t', ' ').Trim();
}
