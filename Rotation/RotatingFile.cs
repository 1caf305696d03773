namespace EmbedStack.Rotation;

/// <summary>A secret's file in the running stack: the current value in the first line, another that is accepted in the second.</summary>
internal sealed class RotatingFile(string path)
{
    // Readers look at the date to see a change. Until the new value is the current one, the file stays as old as the value.
    private static readonly TimeSpan Nudge = TimeSpan.FromMilliseconds(1);

    public string Current => Lines[0];

    public string? Other => Lines.ElementAtOrDefault(1);

    public DateTime Since => File.GetLastWriteTimeUtc(path);

    private string[] Lines => [.. File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];

    /// <summary>Lets readers accept a value that nothing uses yet.</summary>
    public void Announce(string value)
    {
        if (Current != value && Other != value)
        {
            Write(Current, value, Since + Nudge);
        }
    }

    /// <summary>Makes a value the current one, and the one before it the one that is accepted as well.</summary>
    public void Promote(string value)
    {
        if (Current != value)
        {
            Write(value, Current, null);
        }
    }

    private void Write(string current, string other, DateTime? date) => OwnedFile.Write(path, $"{current}\n{other}\n", temporary =>
    {
        // A container's files are readable to others.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
        }

        if (date is { } kept)
        {
            File.SetLastWriteTimeUtc(temporary, kept);
        }
    });
}
