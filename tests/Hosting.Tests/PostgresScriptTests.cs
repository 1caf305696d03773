using System.Net;
using EmbedStack.Tests.Postgres;
using Npgsql;

namespace EmbedStack.Hosting.Tests;

public sealed class PostgresScriptTests : IDisposable
{
    private const string Password = "it's a \\ $ecret";

    private readonly TemporaryDirectory directory = new();
    private readonly int port = FreePorts.TakeOne();

    [Fact]
    public async Task ServesOnLoopbackAloneWithoutThePasswordInAnArgument()
    {
        await using var server = Start(Password);

        Assert.Equal("UTC", await AskAsync(server, Password, "SHOW timezone"));
        Assert.Equal([IPAddress.Loopback], Listeners.Of(port));
        var commandLines = Listeners.CommandLinesBelow(server.Id);
        Assert.Contains("listen_addresses", commandLines, StringComparison.Ordinal);
        Assert.DoesNotContain("ecret", commandLines, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PostgresException>(() => OpenAsync("wrong"));
    }

    [Fact]
    public async Task StopsAlthoughAClientIsConnected()
    {
        await using var server = Start(Password);
        await AskAsync(server, Password, "SELECT 1");
        await using var client = await OpenAsync(Password);

        Assert.Equal(0, await server.StopAsync());
        Assert.Empty(Listeners.Of(port));
    }

    [Fact]
    public async Task KeepsItsDataAndTakesANewPassword()
    {
        await using (var first = Start(Password))
        {
            await AskAsync(first, Password, "CREATE TABLE kept AS SELECT 42 AS answer; SELECT 1");
        }

        await using var second = Start("another");

        Assert.Equal(42, await AskAsync(second, "another", "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task LeavesNothingOfDataThatAreThrownAway()
    {
        await using (var server = Start(Password, "throw-away"))
        {
            await AskAsync(server, Password, "SELECT 1");
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task StartsWhereTheServersUserCannotReachTheFolder()
    {
        using var closed = new TemporaryDirectory(UnixFileMode.None);
        var data = closed.Below("data");
        await using (var server = Start(Password, "throw-away", data))
        {
            Assert.Equal(1, await AskAsync(server, Password, "SELECT 1"));
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(closed.Path));
    }

    [Fact]
    public async Task RefusesAFolderThatHoldsSomethingElse()
    {
        Directory.CreateDirectory(directory.Below("data"));
        await File.WriteAllTextAsync(directory.Below("data/precious"), "", TestContext.Current.CancellationToken);
        await using var server = Start(Password);

        Assert.NotEqual(0, await server.ExitAsync());
        Assert.Contains("holds something else", server.Log, StringComparison.Ordinal);
        Assert.True(File.Exists(directory.Below("data/precious")));
    }

    public void Dispose() => directory.Dispose();

    private ScriptProcess Start(string password, string lifetime = "keep", string? data = null) => new(
        "postgres.sh",
        [PostgresPrograms.Folder, data ?? directory.Below("data"), lifetime, "-c", "fsync=off"],
        ("POSTGRES_PORT", $"{port}"),
        ("POSTGRES_PASSWORD", password));

    private async Task<NpgsqlConnection> OpenAsync(string password)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "postgres", Password = password, Pooling = false, Options = "-c geqo=on",
        }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private async Task<object?> AskAsync(ScriptProcess server, string password, string question)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(100))
        {
            try
            {
                await using var connection = await OpenAsync(password);
                await using var command = new NpgsqlCommand(question, connection);
                return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            }
            catch (NpgsqlException problem) when (problem is not PostgresException { SqlState: not "57P03" })
            {
                Assert.True(DateTime.UtcNow < deadline, $"No answer: {problem.Message}\n{server.Log}");
            }
        }
    }
}
