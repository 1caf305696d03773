using System.Net;
using EmbedStack.Api.Http;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Http;

/// <summary>Who is taken for a command of the stack.</summary>
public sealed class OperatorTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/operator/warm-up";
    private const int MostWrong = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost:5173")]
    [InlineData("127.0.0.1")]
    [InlineData("operator.embedstack.internal.example")]
    public async Task KeyCountsUnderTheInternalHostAlone(string host)
    {
        using var answer = await AskAsync(ApiFixture.OperatorKey, host);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OtherRoutesAreNotThereUnderTheInternalHost()
    {
        using var answer = await AskAsync(ApiFixture.OperatorKey, OperatorRoutes.Host, "/bff/user");
        await answer.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-host");
    }

    [Fact]
    public async Task KeyIsNothingAtTheEmbedOrigin()
    {
        using var answer = await AskAsync(ApiFixture.OperatorKey, OperatorRoutes.Host, Path, api.Api.EmbedPort);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task RotatedKeyAndTheOneBeforeItCount()
    {
        const string Rotated = "another-operator-key-of-the-tests-0123456789";
        await File.WriteAllTextAsync(api.OperatorKeyFile, $"{Rotated}\n{ApiFixture.OperatorKey}\n", Cancellation);
        try
        {
            using var now = await AskAsync(Rotated);
            using var before = await AskAsync(ApiFixture.OperatorKey);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (now.StatusCode, before.StatusCode));
        }
        finally
        {
            await File.WriteAllTextAsync(api.OperatorKeyFile, ApiFixture.OperatorKey, Cancellation);
        }
    }

    [Fact]
    public async Task WrongKeysAreLimitedAndTheRightOneIsAnsweredMeanwhile()
    {
        for (var wrong = 0; wrong < MostWrong; wrong++)
        {
            (await AskAsync($"key-number-{wrong}-of-somebody-who-tries-them")).Dispose();
        }

        using var refused = await AskAsync("one-more-key-of-somebody-who-tries-them");
        await refused.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
        using var answered = await AskAsync(ApiFixture.OperatorKey);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string key, string host = OperatorRoutes.Host, string path = Path, int? port = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port ?? api.Api.Port}") };
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Host", host }, { "X-EmbedStack-Operator", key } } };
        return await client.SendAsync(request, Cancellation);
    }
}
