using System.Net;
using System.Net.Sockets;
using EmbedStack.Tests.Postgres;

namespace EmbedStack.Hosting.Tests;

public sealed class RedisScriptTests
{
    private const string Password = "quo\"te-back\\slash";

    private readonly int port = FreePorts.TakeOne();

    [Fact]
    public async Task AnswersThoseWhoKnowThePasswordOnLoopbackAlone()
    {
        await using var server = Start();

        Assert.Equal("-NOAUTH Authentication required.", await AskAsync("PING"));
        Assert.Equal("+OK", await AskAsync($"AUTH \"{Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
        Assert.Equal([IPAddress.Loopback], Listeners.Of(port));
    }

    [Fact]
    public async Task KeepsThePasswordOutOfArgumentsAndStops()
    {
        await using var server = Start();
        await AskAsync("PING");

        var commandLines = Listeners.CommandLinesBelow(server.Id);
        Assert.Contains("redis-server", commandLines, StringComparison.Ordinal);
        Assert.DoesNotContain("slash", commandLines, StringComparison.Ordinal);
        Assert.Equal(0, await server.StopAsync());
    }

    private ScriptProcess Start() =>
        new("redis.sh", ["redis-server"], ("REDIS_PORT", $"{port}"), ("REDIS_PASSWORD", Password));

    private async Task<string?> AskAsync(string command)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(100))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                using var reader = new StreamReader(client.GetStream());
                await writer.WriteAsync($"{command}\r\n");
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                return await reader.ReadLineAsync(limit.Token);
            }
            catch (SocketException) when (DateTime.UtcNow < deadline)
            {
                // Not yet listening.
            }
        }
    }
}
