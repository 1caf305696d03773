using System.Globalization;

namespace EmbedStack.Rotation;

/// <summary>
/// A secret's file in the running stack: the current value in the first line, another that is accepted in the second, and in
/// the third until when, if not for good: <c>until</c> and seconds since 1970.
/// </summary>
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

    /// <summary>Makes a value the current one, and the one before it the one that is accepted as well, until then or the next rotation.</summary>
    public void Promote(string value, DateTimeOffset? until)
    {
        if (Current != value)
        {
            Write(value, Current, null, until);
        }
    }

    private void Write(string current, string other, DateTime? date, DateTimeOffset? until = null) => OwnedFile.Write(path, Text(current, other, until), temporary =>
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

    private static string Text(string current, string other, DateTimeOffset? until) => until is { } end
        ? string.Create(CultureInfo.InvariantCulture, $"{current}\n{other}\nuntil {end.ToUnixTimeSeconds()}\n")
        : $"{current}\n{other}\n";
}
