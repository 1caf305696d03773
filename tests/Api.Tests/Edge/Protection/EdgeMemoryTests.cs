using System.Net;
using EmbedStack.Api.Edge.Exchange;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EmbedStack.Api.Tests.Edge.Protection;

/// <summary>Bodies and answers that are each small enough, and too much together.</summary>
public sealed class EdgeMemoryTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private readonly EdgeMemory _memory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PersonWhoSendsManyLargeBodiesWaitsAndLeavesOthersRoom()
    {
        var sent = Enumerable.Range(0, 64).Select(_ => Post(Megabyte)).ToArray();
        var entered = sent.Select(request => _memory.EnterBodyAsync(request, "one", Megabyte, Cancellation)).ToArray();
        var inside = entered.Count(task => task.IsCompletedSuccessfully);
        Assert.InRange(inside, 1, 8);
        await _memory.EnterBodyAsync(Post(Megabyte), "other", Megabyte, Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation);

        ((Disposals)sent[0].Features.Get<IHttpResponseFeature>()!).Complete();
        await entered[inside].WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public async Task AllTogetherAreBounded()
    {
        var entered = Enumerable.Range(0, 200).Select(person => _memory.EnterBodyAsync(Post(null), $"{person}", Megabyte, Cancellation)).ToArray();
        Assert.InRange(entered.Count(task => task.IsCompletedSuccessfully), 1, 32);
        await _memory.EnterBodyAsync(Post(60 * 1024), "any", Megabyte, Cancellation).WaitAsync(TimeSpan.FromSeconds(5), Cancellation); // an ordinary question
    }

    [Fact]
    public async Task WhoFindsNoRoomInTimeIsToldToWait()
    {
        var held = Enumerable.Range(0, 40).Select(person => _memory.EnterBodyAsync(Post(Megabyte), $"{person}", Megabyte, Cancellation)).ToArray();
        Assert.Contains(held, task => !task.IsCompleted);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => _memory.EnterBodyAsync(Post(Megabyte), "late", Megabyte, patience.Token));
        Assert.Equal(429, refused.Problem.Status);
    }

    [Fact]
    public async Task LargeAnswersWaitForEachOther()
    {
        var entered = Enumerable.Range(0, 16).Select(_ => _memory.EnterAnswerAsync(8 * Megabyte, Cancellation)).ToArray();
        var inside = entered.Count(task => task.IsCompletedSuccessfully);
        Assert.InRange(inside, 1, 12);
        Assert.Null(await _memory.EnterAnswerAsync(100 * 1024, Cancellation));
        (await entered[0])!.Dispose();
        await entered[inside].WaitAsync(TimeSpan.FromSeconds(5), Cancellation);
    }

    [Fact]
    public void AssetsThatAreFetchedSlowlyAreBoundedForANetworkAndOverAll()
    {
        var fetched = Enumerable.Range(0, 64).SelectMany(network => Enumerable.Range(0, 5).Select(_ => (Network: network, Room: Fetch($"10.0.{network}.1")))).ToArray();
        Assert.Equal(4, fetched.Count(one => one is { Network: 0, Room: not null }));
        Assert.Equal(32, fetched.Count(one => one.Room is not null));
        Assert.Null(_memory.EnterFetched(From("10.0.0.1"), 60 * 1024)); // an icon

        fetched[0].Room!.Dispose();
        Assert.NotNull(Fetch("10.0.99.1"));

        IDisposable? Fetch(string address)
        {
            try
            {
                return _memory.EnterFetched(From(address), Megabyte);
            }
            catch (ProblemException refused) when (refused.Problem == Problems.SupersetBusy)
            {
                return null;
            }
        }

        static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
    }

    [Fact]
    public void AnswersThatAreFetchedSlowlyAreBoundedForAPersonATenantAndOverAll()
    {
        var first = Fetch("northside", "one", times: 5);
        Assert.Equal([null, null, null, null, 429], first.Select(one => one.Refused));
        Assert.Null(_memory.EnterSent(Guest("northside", "one"), 60 * 1024)); // an ordinary one
        Assert.Equal([null, null, null, null, 429], Fetch("northside", "other", times: 5).Select(one => one.Refused));
        Assert.Equal([429], Fetch("northside", "third", times: 1).Select(one => one.Refused));

        Assert.All(Fetch("harbour", "four", times: 4).Concat(Fetch("harbour", "five", times: 4)), one => Assert.NotNull(one.Room));
        Assert.Equal([503], Fetch("hillside", "six", times: 1).Select(one => one.Refused));

        first[0].Room!.Dispose();
        Assert.NotNull(Assert.Single(Fetch("hillside", "six", times: 1)).Room);

        (IDisposable? Room, int? Refused)[] Fetch(string tenant, string person, int times) =>
            [.. Enumerable.Range(0, times).Select(_ => FetchOne(Guest(tenant, person)))];

        (IDisposable? Room, int? Refused) FetchOne(EdgeGuest guest)
        {
            try
            {
                return (_memory.EnterSent(guest, 4 * Megabyte), null);
            }
            catch (ProblemException refused)
            {
                return (null, refused.Problem.Status);
            }
        }

        static EdgeGuest Guest(string tenant, string person) => new(new GuestTokenGrant(
            new Person(person, Guid.NewGuid(), "", new Tenant(tenant, tenant, TenantKind.Clinic, TenantIsolation.Shared, "clinic", "clinic"), Roles.Admin, null), [], []));
    }

    public void Dispose() => _memory.Dispose();

    private static DefaultHttpContext Post(long? length)
    {
        var context = new DefaultHttpContext { Request = { Method = "POST", ContentLength = length } };
        context.Features.Set<IHttpResponseFeature>(new Disposals());
        return context;
    }

    private sealed class Disposals : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Done, object State)> _done = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _done.Add((callback, state));

        public void Complete() => _done.ForEach(one => one.Done(one.State));
    }
}
