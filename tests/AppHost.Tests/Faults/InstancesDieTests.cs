using System.Diagnostics;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Faults;

/// <summary>
/// Two instances of Superset behind two of the edge. Clinics look at their charts at both, most of them wanting fresh rows: one
/// Superset that dies, or is restarted, costs none of them an answer.
/// </summary>
[Trait("Category", "Faults")]
public sealed class InstancesDieTests(StackFixture stack)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(10);

    // The Api looks every second, and waits five for an answer where the machine is busy.
    private static readonly TimeSpan Found = TimeSpan.FromSeconds(10);
    private static readonly Person[] Fresh = [Person.HarbourAdministrator, Person.ManlyAdministrator, Person.HurstvilleAdministrator];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneThatDiesCostsNobodyAnAnswerAndIsUsedAgainOnceItIsBack()
    {
        var (one, other) = Instances();
        await using var second = await OtherEdge.FindAsync(stack, Cancellation);
        await using ViewersLoad here = new(stack), there = new(stack);
        await BeginAsync(here, there, second);

        await one.KillAsync();
        try
        {
            await Task.Delay(Away, Cancellation);
            Assert.Equal("degraded", await SupersetAsync());
        }
        finally
        {
            await one.StartAsync();
        }

        // It alone has all answers then.
        var recovery = await UntilBothAreUsedAsync();
        await other.KillAsync();
        try
        {
            await Task.Delay(Away, Cancellation);
        }
        finally
        {
            await other.StartAsync();
        }

        recovery = Longer(recovery, await UntilBothAreUsedAsync());
        await AssertAllRightAsync("one superset of two killed, then the other", recovery, here, there);
    }

    [Fact]
    public async Task RollingRestartCostsNobodyAnAnswer()
    {
        var (one, other) = Instances();
        await using var second = await OtherEdge.FindAsync(stack, Cancellation);
        await using ViewersLoad here = new(stack), there = new(stack);
        await BeginAsync(here, there, second);

        var recovery = TimeSpan.Zero;
        foreach (var instance in new[] { one, other })
        {
            try
            {
                await instance.StopAsync();
            }
            finally
            {
                await instance.StartAsync();
            }

            recovery = Longer(recovery, await UntilBothAreUsedAsync());
        }

        await AssertAllRightAsync("both supersets restarted, one after the other", recovery, here, there);
    }

    private (Part One, Part Other) Instances()
    {
        var names = stack.InstancesOf(ResourceNames.Superset);
        Assert.SkipUnless(names.Length == 2, "Two Supersets are needed: EMBEDSTACK_TEST_SUPERSETS=2, as ./embedstack test faults sets it.");
        return (new Part(stack, names[0]), new Part(stack, names[1]));
    }

    private async Task BeginAsync(ViewersLoad here, ViewersLoad there, OtherEdge second)
    {
        foreach (var (load, process) in new[] { (here, (Uri?)null), (there, second.Embed) })
        {
            await load.AddAsync(await stack.Sessions.OfAsync(Person.NorthsideAdministrator), Person.NorthsideAdministrator, process);
            foreach (var person in Fresh)
            {
                await load.AddAsync(await stack.Sessions.OfAsync(person), person, process, force: true);
            }
        }

        here.Begin();
        there.Begin();
        await Task.Delay(Moment, Cancellation);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task<TimeSpan> UntilBothAreUsedAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (await SupersetAsync() is var state && state != "up")
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Found, $"After {Found.TotalSeconds:0} s Superset is {state}.\n{stack.Describe()}");
            await Task.Delay(250, Cancellation);
        }

        var recovery = Stopwatch.GetElapsedTime(began);
        await Task.Delay(Moment, Cancellation);
        return recovery;
    }

    private async Task<string?> SupersetAsync()
    {
        var leadership = await stack.Sessions.OfAsync(Person.Leadership);
        var (status, body) = await leadership.SendAsync(HttpMethod.Get, "api/admin/health", null, Cancellation);
        Assert.True(status == System.Net.HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("parts").EnumerateArray()
            .Single(part => part.GetProperty("name").GetString() == "superset").GetProperty("state").GetString();
    }

    private static async Task AssertAllRightAsync(string what, TimeSpan recovery, params ViewersLoad[] loads)
    {
        var outcomes = (await Task.WhenAll(loads.Select(load => load.EndAsync()))).SelectMany(ended => ended).ToArray();
        var wrong = outcomes.Where(one => one.Verdict != Verdict.Right).ToArray();
        FaultsReport.Add(what, recovery, outcomes);
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {outcomes.Length}, the first:\n{string.Join('\n', wrong.Take(5).Select(one => one.ToString()))}");
    }
}
