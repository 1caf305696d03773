using EmbedStack.Api.Http;
using EmbedStack.Api.Instances;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Http;

/// <summary>Which of the public origins a request is for.</summary>
public sealed class OriginsTests
{
    private readonly IConfiguration _configuration = new ConfigurationBuilder().AddInMemoryCollection(
    [
        new("Origins:App", ApiFixture.AppOrigin), new("Origins:Embed", ApiFixture.EmbedOrigin), new("Origins:Authors", ApiFixture.AuthorsOrigin),
        new("EMBED_PORT", "5001"), new("AUTHORS_PORT", "5002"),
    ]).Build();

    [Theory]
    [InlineData(5000, ApiFixture.AppOrigin)]
    [InlineData(5001, ApiFixture.EmbedOrigin)]
    [InlineData(5002, ApiFixture.AuthorsOrigin)]
    public void PortTellsTheOrigin(int port, string origin) => Assert.Equal(new Uri(origin), Of(ApiRole.All, port));

    [Theory]
    [InlineData("app")]
    [InlineData("edge")]
    public void RequestsWithoutAPortAreForNoEndpointThatIsElsewhere(string role) =>
        Assert.Equal(new Uri(ApiFixture.AppOrigin), Of(role == "app" ? ApiRole.App : ApiRole.Edge, port: 0)); // as on a Unix socket

    private Uri Of(ApiRole role, int port) => Origins.From(_configuration, role).For(new DefaultHttpContext { Connection = { LocalPort = port } });
}
