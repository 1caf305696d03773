using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>What leadership takes away ends in Superset too: tokens that are out there, and those that would come.</summary>
public sealed class RevocationTests(StackFixture stack)
{
    private const string Dashboard = "clinic";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DisabledTenantsTokenEndsInSupersetAndStaysEndedOnceItIsEnabledAgain()
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        var token = await GuestAsync(session);
        await AssertAnswersAsync(token, HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.NoContent, (await leader.SendAsync(HttpMethod.Post, "api/admin/tenants/penrith/disable", null, Cancellation)).Status);
        try
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
            await AssertAnswersAsync(token, HttpStatusCode.Unauthorized);
        }
        finally
        {
            Assert.Equal(HttpStatusCode.NoContent, (await leader.SendAsync(HttpMethod.Post, "api/admin/tenants/penrith/enable", null, Cancellation)).Status);
        }

        foreach (var mint in new Func<Task<HttpStatusCode>>[]
        {
            async () => (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status,
            async () => (await (await stack.DirectApiAsync()).MintAsync(session, new { dashboard_key = Dashboard }, Cancellation)).Status,
        })
        {
            await UntilAsync("penrith mints again", async () => await mint() == HttpStatusCode.OK);
        }

        await AssertAnswersAsync(await GuestAsync(session), HttpStatusCode.OK);
        await AssertAnswersAsync(token, HttpStatusCode.Unauthorized);
    }

    /// <summary>A dashboard, a person, and the switch that ends every embed: what is out there ends, and nothing new is minted until it is lifted.</summary>
    [Theory]
    [InlineData("dashboard", HttpStatusCode.NotFound)]
    [InlineData("person", HttpStatusCode.Unauthorized)]
    [InlineData("all", HttpStatusCode.ServiceUnavailable)]
    public async Task WhatLeadershipRevokesEndsInSupersetAndIsMintedAgainOnceLifted(string kind, HttpStatusCode refused)
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        var guest = await GuestAsync(session);
        await AssertAnswersAsync(guest, HttpStatusCode.OK);
        var value = kind switch { "dashboard" => Dashboard, "all" => "*", _ => await SubjectAsync() };

        var (status, body) = await leader.SendAsync(HttpMethod.Post, "api/admin/revocations", new { kind, value }, Cancellation);
        Assert.True(status == HttpStatusCode.NoContent, body);
        try
        {
            Assert.Equal(refused, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
            await AssertAnswersAsync(guest, HttpStatusCode.Unauthorized);
        }
        finally
        {
            var (lifted, told) = await leader.SendAsync(HttpMethod.Delete, $"api/admin/revocations/{kind}/{Uri.EscapeDataString(value)}", null, Cancellation);
            stack.Sessions.ForgetTokens();
            (await stack.DirectApiAsync()).ForgetTokens();
            Assert.True(lifted == HttpStatusCode.NoContent, told);
        }

        using var again = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        foreach (var mint in new Func<Task<HttpStatusCode>>[]
        {
            async () => (await again.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status,
            async () => (await (await stack.DirectApiAsync()).MintAsync(again, new { dashboard_key = Dashboard }, Cancellation)).Status,
        })
        {
            await UntilAsync("penrith mints again", async () => await mint() == HttpStatusCode.OK);
        }

        await AssertAnswersAsync(await GuestAsync(again), HttpStatusCode.OK);
        await AssertAnswersAsync(guest, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task EndedSessionsTokenEndsInSuperset()
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        var token = await GuestAsync(session);
        await AssertAnswersAsync(token, HttpStatusCode.OK);
        var supersets = await (await stack.DirectApiAsync()).MintAsync(session, Dashboard, Cancellation);
        var assertion = Leak.Attacks.GuestTokenForger.Payload(Leak.Attacks.GuestTokenForger.Assertion(supersets));

        var (status, body) = await leader.SendAsync(HttpMethod.Post, "api/admin/revocations", new { kind = "session", value = (string)assertion["sid"]! }, Cancellation);
        Assert.True(status == HttpStatusCode.NoContent, body);

        Assert.Equal(HttpStatusCode.Unauthorized, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
        await AssertAnswersAsync(token, HttpStatusCode.Unauthorized);
    }

    private async Task<string> SubjectAsync()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        return (string)(await keycloak.UserAsync(Person.PenrithAdministrator.UserName))["id"]!;
    }

    // The browser's token, and Superset's own for whoever would hold one.
    private async Task<Guest> GuestAsync(ProductSession session)
    {
        var (_, body) = await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation);
        var supersets = await (await stack.DirectApiAsync()).MintAsync(session, Dashboard, Cancellation);
        return new Guest(stack, System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!, () => Task.FromResult(supersets));
    }

    private async Task AssertAnswersAsync(Guest guest, HttpStatusCode expected)
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
        foreach (var way in Enum.GetValues<Way>())
        {
            Answer? last = null;
            await UntilAsync($"{way} answers {(int)expected}", async () => (last = await guest.AskAsync(chart.Request(), way)).Status == expected, () => $"{last}");
        }
    }

    private static async Task UntilAsync(string what, Func<Task<bool>> condition, Func<string>? last = null)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"Waited {Patience.TotalSeconds} s in vain: {what}. {last?.Invoke()}");
            await Task.Delay(200, Cancellation);
        }
    }
}
