using System.Net;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Protection;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbedStack.Api.Tests.Edge.Wire;

/// <summary>Ends that hang up, or say little for long.</summary>
public sealed class BrokenConnectionTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    private const string Head = "POST /api/v1/chart/data HTTP/1.1\r\nHost: 127.0.0.1:5181\r\nContent-Type: application/json\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BrowserThatHangsUpTakesItsQuestionBack()
    {
        var token = await api.TokenAsync(new TestPerson());
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Superset.Answer = async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            arrived.SetResult();
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        try
        {
            await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
            await connection.SendAsync($"{Head}X-GuestToken: {token}\r\nContent-Length: 2\r\n\r\n{{}}");
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
            connection.Reset();

            await ended.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
            await Eventually.TrueAsync("its place in line is free again", () => Task.FromResult(api.Service<SupersetQueue>().Working == 0));
        }
        finally
        {
            ended.TrySetResult();
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData("GET /api/v1/me/roles/ HTTP/1.1\r\nHost: 127.0.0.1:5181\r\n", "")]
    [InlineData(Head, "Content-Length: 2\r\n", "{}")]
    [InlineData(Head, "Content-Length: 100\r\n", "{")]
    public async Task PageThatIsClosedMeanwhileIsNoErrorOfAnybodys(string head, string length, string body = "")
    {
        var (log, watch) = (new ErrorLog(), new RequestWatch());
        var instance = api.StartInstance(services => services.AddSingleton<ILoggerProvider>(log).AddSingleton<IStartupFilter>(watch));
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        var isAsked = body is not "{";
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Superset.Answer = async context =>
        {
            arrived.TrySetResult();
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        };
        try
        {
            watch.Begin();
            await using var connection = await RawConnection.OpenAsync(instance.EmbedPort);
            await connection.SendAsync($"{head}{RequestWatch.Mark}: 1\r\nX-GuestToken: {token}\r\n{length}\r\n{body}");
            await (isAsked ? arrived.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancellation) : Task.Delay(TimeSpan.FromMilliseconds(300), Cancellation));
            connection.Reset();
            await watch.DoneAsync();

            Assert.Empty(log.Lines);
            await instance.Services.GetRequiredService<DataAccessShipping>().ShipAsync(Cancellation);
            var reasons = (await api.Database.QueryAsync("select reason from audit.data_access where person = audit.person($1)", person.Subject)).Select(row => row["reason"]);
            Assert.Equal(body is "{}" ? ["caller-gone"] : [], reasons);
        }
        finally
        {
            ended.TrySetResult();
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnswerThatSupersetBreaksOffIsNotWholeForTheBrowserEither(bool isLengthKnown)
    {
        var received = new TaskCompletionSource();
        api.Superset.Answer = async context =>
        {
            context.Response.ContentLength = isLengthKnown ? 100 : null;
            await context.Response.WriteAsync("""{"result":[""");
            await context.Response.Body.FlushAsync();
            await received.Task.WaitAsync(TimeSpan.FromSeconds(15));
            context.Abort();
        };
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{api.Api.EmbedPort}") };
            // The page itself: what guests read is only passed on once it is whole.
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/embedded/{TestCatalogue.ClinicEmbedded}");
            request.Headers.Host = new Uri(ApiFixture.EmbedOrigin).Authority;
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            received.SetResult();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(15), Cancellation));
            await Eventually.TrueAsync("its place in line is free again", () => Task.FromResult(api.Service<SupersetQueue>().Working == 0));
        }
        finally
        {
            received.TrySetResult();
            api.Superset.Answer = null;
        }
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\n{")]
    public async Task SlowBodyHoldsNothingOfSuperset(string rest)
    {
        var token = await api.TokenAsync(new TestPerson());
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        var before = api.Superset.Seen;
        await connection.SendAsync($"{Head}X-GuestToken: {token}\r\n{rest}");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Equal((before, 0), (api.Superset.Seen, api.Service<SupersetQueue>().Working));
    }

    [Fact]
    public async Task FormOfNobodyKnownIsSmall()
    {
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        await connection.SendAsync($"{Head.Replace("json", "x-www-form-urlencoded", StringComparison.Ordinal)}Content-Length: 300000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyThatEndsEarlyGoesNowhere()
    {
        var token = await api.TokenAsync(new TestPerson());
        var before = api.Superset.Seen;
        await using (var connection = await RawConnection.OpenAsync(api.Api.EmbedPort))
        {
            await connection.SendAsync($"{Head}X-GuestToken: {token}\r\nContent-Length: 10\r\n\r\n{{}}");
            connection.Reset();
        }

        using var answer = await api.ReadAsync(token);
        Assert.Equal((HttpStatusCode.OK, before + 1), (answer.StatusCode, api.Superset.Seen));
    }

    [Theory]
    [InlineData("")]
    [InlineData("X-GuestToken: x\r\n")]
    [InlineData("X-GuestToken: a.b.c\r\n")]
    [InlineData("Authorization: Bearer a.b.c\r\n")]
    public async Task NobodysBodyIsNotEvenRead(string token)
    {
        await using var connection = await RawConnection.OpenAsync(api.Api.EmbedPort);
        await connection.SendAsync($"{Head}{token}Content-Length: 1000000\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
