namespace EmbedStack.Rotation;

/// <summary>Writes files that others read meanwhile: the old one or the new one, never a part, for their owner alone.</summary>
internal static class OwnedFile
{
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="content">What is to stand in it.</param>
    /// <param name="finish">What else the file needs before it takes the place of the former one, given its path until then.</param>
    public static void Write(string path, string content, Action<string>? finish = null)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.Write(content);
        }

        finish?.Invoke(temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
