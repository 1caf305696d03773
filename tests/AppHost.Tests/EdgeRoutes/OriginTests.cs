using System.Net;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.EdgeRoutes;

public sealed class OriginTests(StackFixture stack)
{
    [Theory]
    [InlineData("login/")]
    [InlineData("swagger/v1")]
    [InlineData("api/v1/security/login")]
    [InlineData("api/v1/dataset/")]
    [InlineData("api/v1/dashboard/related/owners")]
    [InlineData("superset/welcome/")]
    [InlineData("sqllab/")]
    [InlineData("static/../login/")]
    [InlineData("static/%2e%2e/login/")]
    [InlineData("dashboard/1/embedded")]
    public async Task EmbedOriginAnswersNothingButTheEmbeddedPage(string path)
    {
        using var client = new HttpClient { BaseAddress = stack.Embed, Timeout = TimeSpan.FromSeconds(30) };

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("embedded/00000000-0000-4000-8000-000000000000")]
    [InlineData("api/v1/security/login")]
    public async Task AuthorsOriginIsNoWayAround(string path)
    {
        using var client = new HttpClient { BaseAddress = stack.Authors, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Host = $"authors.localhost:{stack.Authors.Port}";

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task AppAndEmbedAreDifferentSites()
    {
        Assert.Equal("localhost", stack.App.Host);
        Assert.Equal("127.0.0.1", stack.Embed.Host);

        using var client = new HttpClient { BaseAddress = stack.Embed, Timeout = TimeSpan.FromSeconds(30) };
        using var response = await client.GetAsync("bff/user", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
