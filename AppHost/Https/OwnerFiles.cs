namespace EmbedStack.AppHost.Https;

/// <summary>Files that nobody but their owner reads, written whole or not at all.</summary>
internal static class OwnerFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
    }

    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        using (var writer = new StreamWriter(temporary, Options(FileMode.Create)))
        {
            writer.Write(text);
        }

        File.Move(temporary, path, overwrite: true);
    }

    public static bool IsOwners(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0;

    /// <summary>Waits until no other process has its turn, at most ten seconds.</summary>
    public static FileStream TakeTurn(string path)
    {
        for (var until = DateTime.UtcNow + Patience; ; Thread.Sleep(50))
        {
            try
            {
                var options = Options(FileMode.OpenOrCreate);
                options.Share = FileShare.None;
                return new FileStream(path, options);
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                // Another stack starts at the same time.
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = mode };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        return options;
    }
}
