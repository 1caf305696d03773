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
        var token = await session.TokenAsync(Dashboard, Cancellation);
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

        string? next = null;
        await UntilAsync("penrith mints again", async () =>
        {
            var (status, body) = await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation);
            next = status == HttpStatusCode.OK ? System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("token").GetString() : null;
            return next is not null;
        });
        Assert.NotEqual(token, next);
        await AssertAnswersAsync(next!, HttpStatusCode.OK);
        await AssertAnswersAsync(token, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task EndedSessionsTokenEndsInSuperset()
    {
        var leader = await stack.Sessions.OfAsync(Person.Leadership);
        using var session = await ProductSession.OpenAsync(stack, Person.PenrithAdministrator, Cancellation);
        var token = await session.TokenAsync(Dashboard, Cancellation);
        await AssertAnswersAsync(token, HttpStatusCode.OK);
        var assertion = Leak.Attacks.GuestTokenForger.Payload(Leak.Attacks.GuestTokenForger.Assertion(token));

        var (status, body) = await leader.SendAsync(HttpMethod.Post, "api/admin/revocations", new { kind = "session", value = (string)assertion["sid"]! }, Cancellation);
        Assert.True(status == HttpStatusCode.NoContent, body);

        Assert.Equal(HttpStatusCode.Unauthorized, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
        await AssertAnswersAsync(token, HttpStatusCode.Unauthorized);
    }

    private async Task AssertAnswersAsync(string token, HttpStatusCode expected)
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
        Answer? last = null;
        await UntilAsync($"Superset answers {(int)expected}", async () => (last = await new Guest(stack, token).AskAsync(chart.Request())).Status == expected, () => $"{last}");
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
