using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>Superset takes what the Api signs as it takes what it has made itself, from every instance.</summary>
public sealed class BothWaysTests(StackFixture stack)
{
    private const string Dashboard = "clinic";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("handshake")]
    [InlineData("signed")]
    public async Task TokenOfEitherWayOpensTheSameDashboard(string issuer)
    {
        var session = await stack.Sessions.OfAsync(Person.NorthsideAdministrator);
        await using var api = await SecondApi.StartAsync(stack, Cancellation, new Dictionary<string, string> { ["GuestTokens__Issuer"] = issuer, ["Edge__Tokens"] = "direct" });
        using var there = session.On(api.Address);
        var token = await there.TokenAsync(Dashboard, Cancellation);
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();

        foreach (var way in new[] { Way.Passed, Way.Direct })
        {
            var answer = await new Guest(stack, token).AskAsync(chart.Request(), way);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{issuer}, {way}: {answer}");
        }

        var claims = GuestTokenForger.Payload(token);
        Assert.Equal(["aud", "exp", "iat", "resources", "rls_rules", "type", "user"], claims.Select(claim => claim.Key).Order());
        Assert.Equal(("guest", "embedstack"), ((string?)claims["type"], (string?)claims["aud"]));
        var skew = issuer == "signed" ? 30 : 0; // for a Superset whose clock is behind
        Assert.Equal(300 + skew, (double)claims["exp"]! - (double)claims["iat"]!, 1d);
    }

    [Theory]
    [InlineData("handshake")]
    [InlineData("signed")]
    public async Task BrowsersTokenOfOneInstanceOpensTheDashboardAtAnother(string issuer)
    {
        var session = await stack.Sessions.OfAsync(Person.NorthsideAdministrator);
        await using var api = await SecondApi.StartAsync(
            stack, Cancellation, new Dictionary<string, string> { ["GuestTokens__Issuer"] = issuer, ["GuestTokens__Reuse"] = "false" });
        using var there = session.On(api.Address);
        var token = await there.TokenAsync(Dashboard, Cancellation);
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();

        var answer = await new Guest(stack, token).AskAsync(chart.Request());

        Assert.True(answer.IsOk, $"{issuer}: {answer}");
    }
}
