namespace EmbedStack.Hosting.Tests;

/// <summary>A folder that other users can pass through, and that is gone afterwards.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public TemporaryDirectory(UnixFileMode othersMay = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute) =>
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | othersMay);

    public string Path { get; } = Directory.CreateTempSubdirectory("hosting-tests-").FullName;

    public string Below(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
