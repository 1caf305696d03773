using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Http;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>The line in front of Superset: bounded, and fair to those who ask little.</summary>
public sealed class SupersetQueueTests : IDisposable
{
    private readonly SupersetQueue _queue = new(Limits(("Superset", 4), ("TenantOfSuperset", 3), ("Waiting", 3), ("TenantWaiting", 2)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StormOfOneTenantLeavesAPlaceForTheOthers()
    {
        var storm = Enumerable.Range(0, 5).Select(_ => _queue.EnterAsync("storm", Cancellation)).ToArray();
        Assert.Equal(3, storm.Count(entered => entered.IsCompletedSuccessfully));

        using var other = await _queue.EnterAsync("other", Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        Assert.Equal((4, 2), (_queue.Working, _queue.Waiting));
        (await storm[0]).Dispose();
        await Task.WhenAny(storm[3..]).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task NobodysPagesAndAssetsLeaveMostOfSupersetToTenants()
    {
        using var queue = new SupersetQueue(Limits(("Superset", 16)));
        var nobodys = Enumerable.Range(0, 40).Select(number => queue.EnterAsync(number % 2 == 0 ? SupersetQueue.Pages : SupersetQueue.Assets, Cancellation)).ToArray();
        Assert.Equal((6, 2, 8), (nobodys.Where((_, number) => number % 2 == 0).Count(IsIn), nobodys.Where((_, number) => number % 2 == 1).Count(IsIn), queue.Working));

        var tenants = Enumerable.Range(0, 8).Select(number => queue.EnterAsync($"tenant-{number}", Cancellation)).ToArray();
        await Task.WhenAll(tenants).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        static bool IsIn(Task<IDisposable> entered) => entered.IsCompletedSuccessfully;
    }

    [Fact]
    public async Task PagesOfAWholeOfficeThatOpenAtOnceAllFindAPlaceInTheLine()
    {
        using var queue = new SupersetQueue(Limits());
        var opened = Enumerable.Range(0, 500).Select(_ => queue.EnterAsync(SupersetQueue.Pages, Cancellation)).ToArray();
        foreach (var page in opened)
        {
            (await page.WaitAsync(TimeSpan.FromSeconds(5), Cancellation)).Dispose();
        }
    }

    [Theory]
    [InlineData(SupersetQueue.Pages, 400)]
    [InlineData(SupersetQueue.PagesBeyondRate, 60)]
    public async Task BurstOfOneNetworkKeepsNoOtherFromOpeningAPage(string line, int times)
    {
        using var queue = new SupersetQueue(Limits());
        var burst = Enumerable.Range(0, times).Select(_ => queue.EnterAsync(line, "203.0.113.0/24", Cancellation)).ToArray();

        using var page = await queue.EnterAsync(SupersetQueue.Pages, "198.51.100.0/24", Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        Assert.Equal(times, queue.Waiting + queue.Working - 1);
        foreach (var one in burst)
        {
            (await one.WaitAsync(TimeSpan.FromSeconds(5), Cancellation)).Dispose();
        }
    }

    [Fact]
    public async Task AssetsOfOneNetworkLeaveATurnToTheOthers()
    {
        using var queue = new SupersetQueue(Limits());
        var burst = Enumerable.Range(0, 20).Select(_ => queue.EnterAsync(SupersetQueue.Assets, "203.0.113.0/24", Cancellation)).ToArray();
        Assert.Equal(1, burst.Count(one => one.IsCompletedSuccessfully));

        using var other = await queue.EnterAsync(SupersetQueue.Assets, "198.51.100.0/24", Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task WhatWaitsOfAllNetworksTogetherIsBounded()
    {
        using var queue = new SupersetQueue(Limits(("Superset", 2), ("PagesWaiting", 8)));
        var opened = Enumerable.Range(0, 40).Select(number => queue.EnterAsync(SupersetQueue.Pages, $"203.0.{number / 3}.0/24", Cancellation)).ToArray();

        Assert.Equal(10, queue.Waiting + queue.Working);
        Assert.Equal(30, opened.Count(one => one.IsFaulted));
        using var tenants = await queue.EnterAsync("northside", Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task NetworksThatFillTheLineLeaveRoomToOneThatHasNothingInIt()
    {
        using var queue = new SupersetQueue(Limits(("PagesOfSuperset", 6)));
        var filled = Enumerable.Range(0, 5).SelectMany(network => Enumerable.Range(0, 600).Select(_ => queue.EnterAsync(SupersetQueue.Pages, $"203.0.{network}.0/24", Cancellation))).ToArray();
        Assert.Contains(filled[^600..], one => one.IsFaulted);

        var office = Enumerable.Range(0, 4).Select(_ => queue.EnterAsync(SupersetQueue.Pages, "198.51.100.0/24", Cancellation)).ToArray();

        Assert.DoesNotContain(office, one => one.IsFaulted);
        await Task.WhenAll(filled.Where(one => !one.IsFaulted).Concat(office).Select(LeaveAsync)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        static async Task LeaveAsync(Task<IDisposable> entered) => (await entered).Dispose();
    }

    [Fact]
    public async Task LoopOfPagesIsServedWhereNobodyElseAsksAndHoldsOneTurn()
    {
        using var queue = new SupersetQueue(Limits(("TenantWaiting", 2)));
        var loop = Enumerable.Range(0, 3).Select(_ => queue.EnterAsync(SupersetQueue.PagesBeyondRate, Cancellation)).ToArray();
        Assert.Equal((1, 2), (queue.Working, queue.Waiting));
        await Assert.ThrowsAsync<ProblemException>(() => queue.EnterAsync(SupersetQueue.PagesBeyondRate, Cancellation));

        using var page = await queue.EnterAsync(SupersetQueue.Pages, Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        foreach (var one in loop)
        {
            (await one.WaitAsync(TimeSpan.FromSeconds(5), Cancellation)).Dispose();
        }
    }

    [Fact]
    public async Task LineIsBoundedAndOnlyTheStormsOwnRequestsAreRefused()
    {
        var storm = Enumerable.Range(0, 5).Select(_ => _queue.EnterAsync("storm", Cancellation)).ToArray();

        var refused = await Assert.ThrowsAsync<ProblemException>(() => _queue.EnterAsync("storm", Cancellation));

        Assert.Equal((503, "superset-busy"), (refused.Problem.Status, refused.Problem.Slug));
        Assert.NotNull(refused.Problem.RetryAfter);
        using var other = await _queue.EnterAsync("other", Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal(3, storm.Count(entered => entered.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task WhoeverLeavesTheLineFreesItsPlace()
    {
        var storm = Enumerable.Range(0, 4).Select(_ => _queue.EnterAsync("storm", Cancellation)).ToArray();
        using var impatient = new CancellationTokenSource();
        var waiting = _queue.EnterAsync("storm", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        (await storm[0]).Dispose();
        await storm[3].WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
        Assert.Equal((3, 0), (_queue.Working, _queue.Waiting));
    }

    [Fact]
    public async Task NobodyWaitsForEver()
    {
        using var queue = new SupersetQueue(Limits(("Superset", 1), ("PatienceSeconds", 1)));
        using var held = await queue.EnterAsync("one", Cancellation);

        var refused = await Assert.ThrowsAsync<ProblemException>(() => queue.EnterAsync("two", Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.Equal("superset-busy", refused.Problem.Slug);
        Assert.Equal((1, 0), (queue.Working, queue.Waiting));
    }

    [Theory]
    [InlineData("Superset", "0")]
    [InlineData("PersonPerSecond", "-1")]
    public void LimitThatIsNoneStopsTheStart(string name, string value) =>
        Assert.Throws<InvalidOperationException>(() => Limits((name, int.Parse(value, System.Globalization.CultureInfo.InvariantCulture))));

    public void Dispose() => _queue.Dispose();

    internal static EdgeLimits Limits(params (string Name, int Value)[] limits) => EdgeLimits.From(new ConfigurationBuilder()
        .AddInMemoryCollection(limits.Select(limit => KeyValuePair.Create($"Edge:Limits:{limit.Name}", (string?)$"{limit.Value}"))).Build());
}
