using EmbedStack.AppHost.Status;

namespace EmbedStack.AppHost.ModelTests.Status;

public sealed class StatusFileContent : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string FilePath => Path.Combine(_folder.FullName, "run", "status");

    [Fact]
    public async Task AFieldStaysOneField()
    {
        await new StatusFile(FilePath).WriteAsync([["error", "api", "two\nlines\tand a tab"]], TestContext.Current.CancellationToken);

        Assert.Equal("error\tapi\ttwo lines and a tab\n", await File.ReadAllTextAsync(FilePath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OnlyTheOwnerReadsIt()
    {
        await new StatusFile(FilePath).WriteAsync([["state", "running"]], TestContext.Current.CancellationToken);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public async Task NothingElseStaysBehind()
    {
        await new StatusFile(FilePath).WriteAsync([["state", "starting"]], TestContext.Current.CancellationToken);
        await new StatusFile(FilePath).WriteAsync([["state", "running"]], TestContext.Current.CancellationToken);

        Assert.Equal([FilePath], Directory.GetFiles(Path.GetDirectoryName(FilePath)!));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
