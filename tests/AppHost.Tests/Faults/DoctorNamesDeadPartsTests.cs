using EmbedStack.AppHost.Tests.Doctor;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>The doctor names a part that has died.</summary>
[Trait("Category", "Faults")]
public sealed class DoctorNamesDeadPartsTests(StackFixture stack)
{
    [Fact]
    public async Task RedisThatDiedIsNamed()
    {
        var redis = new Part(stack, "redis");
        await redis.KillAsync();
        ProgramRun run;
        try
        {
            run = await new DoctorTool(stack).RunAsync("--json");
        }
        finally
        {
            await redis.StartAsync();
        }

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["redis-away"], DoctorTool.FoundBy(run));
    }
}
