using System.Collections.Concurrent;
using System.Net;
using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Tests.Stack;
using EmbedStack.ServiceDefaults.Clients;

namespace EmbedStack.Api.Tests.Edge.Upstreams;

/// <summary>Which instance of Superset a request goes to, and what becomes of it where that one has no answer.</summary>
public sealed class InstanceHandlerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SupersetInstances _instances = TestInstances.Create(new TestClock(), "http://one.invalid", "http://two.invalid:8088");
    private readonly Servers _servers = new();
    private readonly HttpMessageInvoker _client;

    public InstanceHandlerTests() => _client = new HttpMessageInvoker(new InstanceHandler(_instances) { InnerHandler = _servers });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RequestsGoToEachInTurn()
    {
        for (var request = 0; request < 10; request++)
        {
            await AskAsync();
        }

        Assert.Equal((5, 5), (_servers.Asked("one.invalid"), _servers.Asked("two.invalid")));
    }

    [Fact]
    public async Task InstanceThatHasMuchToDoIsLeftToIt()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        _servers.Answer = (_, _) => slow.Task;
        var first = AskAsync();
        var busy = Assert.Single(_servers.Hosts);
        _servers.Answer = Servers.Ok;
        for (var request = 0; request < 5; request++)
        {
            await AskAsync();
        }

        Assert.Equal(1, _servers.Asked(busy));
        slow.SetResult(new HttpResponseMessage());
        await first;
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", true)]
    public async Task QuestionThatBreaksOffIsAskedOnceMoreOfAnother(string method, bool? isMarked)
    {
        _servers.Answer = FailingFirst(HttpRequestError.ResponseEnded);
        using var answer = await AskAsync(method, isMarked);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["one.invalid", "two.invalid"], _servers.Hosts.Order());
    }

    [Fact]
    public async Task WhatMayHaveBeenActedUponIsNotSentTwice()
    {
        _servers.Answer = FailingFirst(HttpRequestError.ResponseEnded);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("POST"));
        Assert.Single(_servers.Hosts);
    }

    [Fact]
    public async Task ReadThatActsIsNotSentTwiceEither()
    {
        _servers.Answer = FailingFirst(HttpRequestError.ResponseEnded);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("GET", isMarked: false));
        Assert.Single(_servers.Hosts);
    }

    [Fact]
    public async Task WhatWasSentTwiceIsMarkedSo()
    {
        using var first = await AskAsync();
        Assert.True(first.RequestMessage!.IsSafeToRepeat());
        _servers.Answer = FailingFirst(HttpRequestError.ResponseEnded);
        using var second = await AskAsync();
        Assert.False(second.RequestMessage!.IsSafeToRepeat());
    }

    [Fact]
    public async Task InstanceThatFailsAtOnceDoesNotDrawAllToItself()
    {
        _servers.Answer = (request, _) => Task.FromResult(new HttpResponseMessage(
            request.RequestUri!.Host == "one.invalid" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK));
        for (var request = 0; request < 40; request++)
        {
            (await AskAsync()).Dispose();
        }

        Assert.Equal(5, _servers.Asked("one.invalid"));

        // Its health knows nothing of it: it is tried, and used again once it has answered.
        _instances.Return(_instances.All[0]);
        for (var request = 0; request < 4; request++)
        {
            (await AskAsync()).Dispose();
        }

        Assert.Equal(6, _servers.Asked("one.invalid"));
        _servers.Answer = Servers.Ok;
        _instances.Return(_instances.All[0]);
        for (var request = 0; request < 5; request++)
        {
            (await AskAsync()).Dispose();
        }

        Assert.InRange(_servers.Asked("one.invalid"), 8, 9);
    }

    [Fact]
    public async Task InstanceThatIsLeftAloneIsAskedNoMoreAtOnceThanBefore()
    {
        var late = new TaskCompletionSource();
        _servers.Answer = async (_, stop) =>
        {
            await late.Task.WaitAsync(stop);
            return new HttpResponseMessage();
        };
        _instances.Leave(_instances.All[0], "a test");
        var asking = Enumerable.Range(0, 20).Select(_ => AskAsync()).ToArray();
        Assert.Equal((0, 16), (_servers.Asked("one.invalid"), _servers.Asked("two.invalid")));

        late.SetResult();
        await Task.WhenAll(asking).WaitAsync(Patience, Cancellation);
        Assert.Equal(20, _servers.Asked("two.invalid"));
    }

    [Fact]
    public async Task WhoeverWaitsForRoomOfAnInstanceThatGoesAwayAsksAnother()
    {
        var late = new TaskCompletionSource();
        _servers.Answer = async (_, stop) =>
        {
            await late.Task.WaitAsync(stop);
            return new HttpResponseMessage();
        };
        _instances.Leave(_instances.All[0], "a test");
        var asking = Enumerable.Range(0, 17).Select(_ => AskAsync()).ToArray();
        _instances.Return(_instances.All[0]);
        _servers.Answer = (request, _) => request.RequestUri!.Host == "one.invalid"
            ? Task.FromResult(new HttpResponseMessage()) : throw new HttpRequestException(HttpRequestError.ConnectionError);
        _instances.Leave(_instances.All[1], "a test");

        // As whoever has given up leaves it.
        _instances.All[1].Room.Release();
        await asking[16].WaitAsync(Patience, Cancellation);
        Assert.Equal(1, _servers.Asked("one.invalid"));
        late.SetResult();
        await Task.WhenAll(asking).WaitAsync(Patience, Cancellation);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task WhatNeverWentOutIsSentToAnother(HttpRequestError error)
    {
        _servers.Answer = FailingFirst(error);
        using var answer = await AskAsync("POST");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, _servers.Hosts.Distinct().Count());
    }

    [Fact]
    public async Task NobodyIsAskedAThirdTime()
    {
        _servers.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync());
        Assert.Equal(2, _servers.Hosts.Count);

        // All are away: the next one tries them again.
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync());
        Assert.Equal((2, 2), (_servers.Asked("one.invalid"), _servers.Asked("two.invalid")));
    }

    [Fact]
    public async Task InstanceThatIsAwayIsNotAskedUntilItReturns()
    {
        _servers.Answer = FailingFirst(HttpRequestError.ResponseEnded);
        (await AskAsync()).Dispose();
        var away = _servers.Hosts.First();
        for (var request = 0; request < 5; request++)
        {
            await AskAsync();
        }

        Assert.Equal(1, _servers.Asked(away));
        _instances.Return(_instances.All.Single(one => one.Address.Host == away));
        for (var request = 0; request < 4; request++)
        {
            await AskAsync();
        }

        Assert.Equal(3, _servers.Asked(away));
    }

    [Fact]
    public async Task ConnectionThatIsNotMadeInTimeIsNone()
    {
        var failing = FailingFirst(HttpRequestError.ConnectionError);
        _servers.Answer = async (request, stop) =>
        {
            try
            {
                return await failing(request, stop);
            }
            catch (HttpRequestException)
            {
                throw new TaskCanceledException("", new TimeoutException());
            }
        };
        using var answer = await AskAsync("POST");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QuestionsThatWaitForAnInstanceThatIsGivenUpAreAskedElsewhere(bool isMarked)
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _servers.Answer = (_, stop) => late.Task.WaitAsync(stop);
        var asking = AskAsync("POST", isMarked);
        var silent = Assert.Single(_servers.Hosts);
        _servers.Answer = Servers.Ok;
        await _instances.All.Single(one => one.Address.Host == silent).GiveUpAsync();
        if (!isMarked)
        {
            late.SetResult(new HttpResponseMessage()); // what may have been acted upon has its own answer, or none
        }

        using var answer = await asking.WaitAsync(Patience, Cancellation);
        Assert.Equal(isMarked ? 2 : 1, _servers.Hosts.Count);
    }

    [Fact]
    public async Task CallerWhoGoesAwayEndsIt()
    {
        using var gone = new CancellationTokenSource();
        _servers.Answer = (_, stop) => Task.Delay(Timeout.Infinite, stop).ContinueWith<HttpResponseMessage>(
            _ => throw new OperationCanceledException(stop), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var asking = AskAsync(cancellationToken: gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Single(_servers.Hosts);
        Assert.All(_instances.All, one => Assert.Equal(InstanceState.There, one.State));
        Assert.All(_instances.All, one => Assert.Equal(0, one.Working));
    }

    [Fact]
    public async Task TargetIsTheSameAtEach()
    {
        (await AskAsync()).Dispose();
        (await AskAsync()).Dispose();
        Assert.Equal(["http://one.invalid/a%20b//c?q=%2F&d=%C3%A9", "http://two.invalid:8088/a%20b//c?q=%2F&d=%C3%A9"], _servers.Targets.Order());
    }

    [Fact]
    public async Task OneInstanceAloneIsAskedOnce()
    {
        using var alone = TestInstances.Create(new TestClock(), "http://one.invalid");
        using var client = new HttpMessageInvoker(new InstanceHandler(alone) { InnerHandler = _servers });
        _servers.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://one.invalid/");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Cancellation));
        Assert.Single(_servers.Hosts);
    }

    public void Dispose()
    {
        _client.Dispose();
        _instances.Dispose();
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> FailingFirst(HttpRequestError error)
    {
        var asked = 0;
        return (request, stop) => Interlocked.Increment(ref asked) == 1 ? throw new HttpRequestException(error) : Servers.Ok(request, stop);
    }

    private async Task<HttpResponseMessage> AskAsync(string method = "GET", bool? isMarked = null, CancellationToken? cancellationToken = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://one.invalid/a%20b//c?q=%2F&d=%C3%A9");
        _ = isMarked switch
        {
            true => request.MarkSafeToRepeat(),
            false => request.MarkNotToRepeat(),
            null => request,
        };
        return await _client.SendAsync(request, cancellationToken ?? Cancellation);
    }

    private sealed class Servers : HttpMessageHandler
    {
        private readonly ConcurrentQueue<Uri> _seen = [];

        public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = Ok;

        public IReadOnlyCollection<string> Hosts => [.. _seen.Select(target => target.Host)];

        public IEnumerable<string> Targets => _seen.Select(target => target.AbsoluteUri);

        public int Asked(string host) => Hosts.Count(one => one == host);

        public static Task<HttpResponseMessage> Ok(HttpRequestMessage request, CancellationToken stop) => Task.FromResult(new HttpResponseMessage());

        private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken stop)
        {
            var answer = await Answer(request, stop);
            answer.RequestMessage = request;
            return answer;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _seen.Enqueue(request.RequestUri!);
            return AnswerAsync(request, cancellationToken);
        }
    }
}
