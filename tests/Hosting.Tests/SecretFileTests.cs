namespace EmbedStack.Hosting.Tests;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    private string File => directory.Below("secrets/api/signing-key");

    [Fact]
    public async Task HoldsTheValueForItsOwnerAlone()
    {
        await SecretFile.WriteAsync(File, "one", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("one\n", await Content());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        Assert.Equal(OwnerDirectory, System.IO.File.GetUnixFileMode(directory.Below("secrets")));
        Assert.Equal(OwnerDirectory, System.IO.File.GetUnixFileMode(directory.Below("secrets/api")));
    }

    [Fact]
    public async Task KeepsThePreviousValueInTheSecondLine()
    {
        foreach (var value in new[] { "one", "two", "two", "three" })
        {
            await SecretFile.WriteAsync(File, value, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal("three\ntwo\n", await Content());
    }

    [Fact]
    public async Task AnUnchangedValueKeepsItsAge()
    {
        await SecretFile.WriteAsync(File, "one", cancellationToken: TestContext.Current.CancellationToken);
        var longAgo = DateTime.UtcNow.AddDays(-40);
        System.IO.File.SetLastWriteTimeUtc(File, longAgo);

        await SecretFile.WriteAsync(File, "one", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(longAgo, System.IO.File.GetLastWriteTimeUtc(File), TimeSpan.FromSeconds(1));

        await SecretFile.WriteAsync(File, "two", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(DateTime.UtcNow, System.IO.File.GetLastWriteTimeUtc(File), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task IsReadableForAContainerBelowAFolderThatIsClosedToOthers()
    {
        await SecretFile.WriteAsync(File, "one", readableByAll: true, TestContext.Current.CancellationToken);

        Assert.True(System.IO.File.GetUnixFileMode(File).HasFlag(UnixFileMode.OtherRead));
        Assert.True(System.IO.File.GetUnixFileMode(directory.Below("secrets/api")).HasFlag(UnixFileMode.OtherExecute));
        Assert.Equal(OwnerDirectory, System.IO.File.GetUnixFileMode(directory.Below("secrets")));
    }

    [Fact]
    public async Task RefusesAValueOfSeveralLines() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            SecretFile.WriteAsync(File, "one\ntwo", cancellationToken: TestContext.Current.CancellationToken));

    public void Dispose() => directory.Dispose();

    private const UnixFileMode OwnerDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private Task<string> Content() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
}
