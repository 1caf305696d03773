using System.Security.Authentication;
using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tests.Watching;
using Npgsql;

namespace EmbedStack.Tenants.Tests;

public sealed class JobTests
{
    [Fact]
    public async Task NoSettingsFileIsWatched()
    {
        var isDone = false;
        var exitCode = await Job.RunAsync(new JobIdentity("job", "EmbedStack.Tests", "stopped"), [], (configuration, _) =>
        {
            FileWatchers.AssertNone(configuration);
            isDone = true;
            return Task.CompletedTask;
        });

        Assert.True(isDone);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task WhyAConnectionFailedIsSaidInOneLine()
    {
        var said = new StringWriter();
        var terminal = Console.Error;
        Console.SetError(said);
        try
        {
            var exitCode = await Job.RunAsync(new JobIdentity("job", "EmbedStack.Tests", "stopped"), [], (_, _) => throw new NpgsqlException(
                "Exception while performing SSL handshake", new AuthenticationException("The remote certificate was rejected")));
            Assert.Equal(1, exitCode);
        }
        finally
        {
            Console.SetError(terminal);
        }

        Assert.Contains(
            $"job: Postgres refused: Exception while performing SSL handshake: The remote certificate was rejected{Environment.NewLine}", said.ToString(), StringComparison.Ordinal);
    }
}
