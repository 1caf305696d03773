using EmbedStack.ServiceDefaults.Jobs;
using EmbedStack.Tests.Watching;

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
}
