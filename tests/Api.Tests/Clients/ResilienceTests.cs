using System.Net;
using EmbedStack.ServiceDefaults.Clients;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.Api.Tests.Clients;

public sealed class ResilienceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ResilienceLimits Limits = new()
    {
        Attempt = TimeSpan.FromMilliseconds(300), Total = TimeSpan.FromSeconds(1), Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(10),
    };

    [Theory]
    [InlineData("GET", false, 3)]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 3)]
    public async Task OnlyRequestsThatMayBeRepeatedAreRetried(string method, bool marked, int tries)
    {
        var service = new Service(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/");
        using var answer = await service.Client.SendAsync(marked ? request.MarkSafeToRepeat() : request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(tries, service.Tries);
    }

    [Fact]
    public async Task SilenceIsGivenUpWithinTheTotalTime()
    {
        var givenUp = 0;
        var service = new Service(async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            givenUp++;
            throw new OperationCanceledException(cancellation);
        });
        await Assert.ThrowsAsync<HttpRequestException>(
            () => service.Client.GetAsync("/", TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.InRange(service.Tries, 2, Limits.Retries + 1);
        Assert.Equal(service.Tries, givenUp);
    }

    [Fact]
    public async Task AnswerThatStallsInItsBodyIsGivenUp()
    {
        var service = new Service(_ => Task.FromResult(new HttpResponseMessage { Content = new StallingContent() }));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/");
        await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.SendAsync(request, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CircuitOpensAfterManyFailures()
    {
        var service = new Service(_ => throw new HttpRequestException("refused"));
        for (var i = 0; i < 30; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/");
            await Assert.ThrowsAsync<HttpRequestException>(() => service.Client.SendAsync(request, TestContext.Current.CancellationToken));
        }

        Assert.Equal(20, service.Tries);
    }

    [Fact]
    public void ServiceIsFoundByItsConfigurationKeys()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:one:http:0"] = "http://localhost:1", ["services:two:http:0"] = "http://localhost:2", ["services:two:https:0"] = "https://localhost:3/",
        }).Build();
        Assert.Equal("http://localhost:1/", configuration.GetServiceAddress("one").AbsoluteUri);
        Assert.Equal("https://localhost:3/", configuration.GetServiceAddress("two").AbsoluteUri);
        Assert.Contains("services__three__http__0", Assert.Throws<InvalidOperationException>(() => configuration.GetServiceAddress("three")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InstancesOfAServiceAreFoundByTheirNumbers()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["services:one:http:0"] = "http://localhost:1", ["services:one:http:1"] = "http://localhost:2", ["services:one:http:3"] = "http://localhost:4",
        }).Build();
        Assert.Equal(["http://localhost:1/", "http://localhost:2/"], configuration.GetServiceAddresses("one").Select(address => address.AbsoluteUri));
    }

    private sealed class Service : HttpMessageHandler
    {
        private readonly Func<CancellationToken, Task<HttpResponseMessage>> _answer;

        public Service(Func<CancellationToken, Task<HttpResponseMessage>> answer)
        {
            _answer = answer;
            var services = new ServiceCollection();
            services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["services:peer:http:0"] = "http://peer.invalid" }).Build());
            services.AddServiceClient("peer", Limits).ConfigurePrimaryHttpMessageHandler(() => this);
            Client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("peer");
        }

        public HttpClient Client { get; }

        public int Tries { get; private set; }
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tries++;
            return _answer(cancellationToken);
        }
    }

    private sealed class StallingContent : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.Delay(Timeout.Infinite);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.Infinite, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
