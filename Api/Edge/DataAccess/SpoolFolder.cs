namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>One process' folder in the spool, which nobody else touches while its lock is held: locks end with their process.</summary>
internal sealed class SpoolFolder : IDisposable
{
    /// <summary>What a segment is called that no key opens.</summary>
    public const string Unreadable = ".unreadable";
    private const string LockName = "lock";
    private const string Suffix = ".spool";
    private const int Attempts = 3;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    private SpoolFolder(string path, Guid id, FileStream held) => (Path, Id, _lock) = (path, id, held);

    public string Path { get; }

    public Guid Id { get; }

    /// <summary>Segments in the order in which they were written.</summary>
    public IReadOnlyList<(long Number, FileInfo File)> Segments =>
        [.. new DirectoryInfo(Path).EnumerateFiles($"*{Suffix}")
            .Select(file => (Number: long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file.Name), out var number) ? number : -1, File: file))
            .Where(segment => segment.Number >= 0)
            .OrderBy(segment => segment.Number)];

    public bool HoldsUnreadable => Directory.EnumerateFiles(Path, $"*{Unreadable}").Any();

    public static SpoolFolder Create(string root)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = Guid.NewGuid();
            var path = CreateDirectory(root, id);
            if (TryOpen(path, id) is { } created)
            {
                return created;
            }

            // Another process that starts may just have adopted it, as it was empty.
            if (attempt == Attempts)
            {
                return Open(path, id);
            }
        }
    }

    private static string CreateDirectory(string root, Guid id)
    {
        var path = System.IO.Path.Combine(root, id.ToString("D"));
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(root, Private);
            Directory.CreateDirectory(path, Private);
        }

        return path;
    }

    /// <summary>What processes that have ended left behind.</summary>
    public static IEnumerable<SpoolFolder> Adopt(string root)
    {
        foreach (var path in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            if (Guid.TryParseExact(System.IO.Path.GetFileName(path), "D", out var id) && TryOpen(path, id) is { } left)
            {
                yield return left;
            }
        }
    }

    public FileStream OpenSegment(long number) => new(
        System.IO.Path.Combine(Path, $"{number:D12}{Suffix}"),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 });

    /// <summary>Takes the folder away, once nothing is left in it.</summary>
    public void Remove()
    {
        Dispose();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process has found it empty, between the two.
        }
    }

    public void Dispose() => _lock.Dispose();

    private static SpoolFolder? TryOpen(string path, Guid id)
    {
        try
        {
            return Open(path, id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // its process lives, or it is another user's
        }
    }

    private static SpoolFolder Open(string path, Guid id) =>
        new(path, id, new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
}
