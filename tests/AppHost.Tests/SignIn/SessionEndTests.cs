using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>A session that ends on one side ends on the other.</summary>
public sealed class SessionEndTests(StackFixture stack)
{
    private static readonly Person Penrith = new("penrith", "Penrith Women's Health", "admin", "admin");
    private static readonly Person Newtown = new("newtown", "Newtown Mind Clinic", "admin", "admin");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignOutHereEndsTheSessionAtKeycloak()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Newtown.UserName);
        var before = await keycloak.SessionsOfAsync(user);
        using var session = await ProductSession.OpenAsync(stack, Newtown, Cancellation);
        var own = Assert.Single((await keycloak.SessionsOfAsync(user)).Except(before));

        var redirect = await session.SignOutAsync(Cancellation);

        Assert.DoesNotContain(own, await keycloak.SessionsOfAsync(user));
        Assert.Equal(HttpStatusCode.Unauthorized, (await session.UserAsync(Cancellation)).Status);
        // Keycloak's own cookie signs nobody in again: the way back asks for the name.
        var page = await session.VisitAsync(redirect, Cancellation);
        Assert.Equal(stack.App.Authority, page.Address.Authority);
        var again = await session.VisitAsync(new Uri(stack.App, "bff/login"), Cancellation);
        Assert.Equal(stack.Keycloak.Authority, again.Address.Authority);
        Assert.Contains("name=\"username\"", again.Html, StringComparison.Ordinal);
    }

    // The verdict of the request before would hold for ten seconds: that the next one is refused is Keycloak's word.
    [Fact]
    public async Task SessionThatEndsAtKeycloakEndsHereAtTheNextRequest()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Newtown.UserName);
        var before = await keycloak.SessionsOfAsync(user);
        using var session = await ProductSession.OpenAsync(stack, Newtown, Cancellation);
        var own = Assert.Single((await keycloak.SessionsOfAsync(user)).Except(before));
        Assert.Equal(HttpStatusCode.OK, (await session.UserAsync(Cancellation)).Status);

        await keycloak.EndSessionAsync(own);

        Assert.Equal(HttpStatusCode.Unauthorized, (await session.UserAsync(Cancellation)).Status);
    }

    // An instance that has no verdict asks, and what it hears ends the session for all. Another session of the person's is
    // asked about then, though its page asks for nothing.
    [Fact]
    public async Task PersonDisabledAtKeycloakIsOutOnceAnInstanceAsks()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Penrith.UserName);
        await using var second = await SecondApi.StartAsync(stack, Cancellation);
        using var session = await ProductSession.OpenAsync(stack, Penrith, Cancellation);
        using var elsewhere = session.On(second.Address);
        using var silent = await ProductSession.OpenAsync(stack, Penrith, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await session.UserAsync(Cancellation)).Status);
        await keycloak.SetEnabledAsync(user, enabled: false);
        try
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await elsewhere.UserAsync(Cancellation)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await session.UserAsync(Cancellation)).Status);
            var left = await SessionsAsync(user);
            for (var until = DateTime.UtcNow + Patience; left > 0 && DateTime.UtcNow < until; left = await SessionsAsync(user))
            {
                await Task.Delay(250, Cancellation);
            }

            Assert.True(left == 0, $"{left} sessions of somebody who is disabled are left after {Patience.TotalSeconds} s.\n{stack.Describe()}");
        }
        finally
        {
            await keycloak.SetEnabledAsync(user, enabled: true);
        }
    }

    // Ten seconds, and the time that Keycloak may take over an answer.
    [Fact]
    public async Task VerdictThatIsKeptEndsWithinTenSecondsOfWhatKeycloakDid()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Penrith.UserName);
        using var session = await ProductSession.OpenAsync(stack, Penrith, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await session.UserAsync(Cancellation)).Status);
        await keycloak.SetEnabledAsync(user, enabled: false);
        try
        {
            var last = await TakenAway.LastAnsweredAsync(
                "The Api", TimeSpan.FromSeconds(12), async () => (await session.UserAsync(Cancellation)).Status == HttpStatusCode.OK);
            TestContext.Current.TestOutputHelper?.WriteLine($"Still answered after {last.TotalSeconds:0.0} s");
            Assert.True(last > TimeSpan.Zero, "No verdict was kept: this test would tell nothing.");
        }
        finally
        {
            await keycloak.SetEnabledAsync(user, enabled: true);
        }
    }

    [Fact]
    public async Task UserIsShownNothingButNameTenantRoleAndTier()
    {
        using var session = await ProductSession.OpenAsync(stack, Newtown, Cancellation);
        var (_, body) = await session.UserAsync(Cancellation);
        Assert.Equal(["name", "tenant", "role", "tier"], JsonDocument.Parse(body).RootElement.EnumerateObject().Select(member => member.Name));
    }

    private Task<long> SessionsAsync(JsonObject user) =>
        Superuser.ScalarAsync<long>(stack, "embedstack-db", "select count(*) from api.sessions where subject = $1", (string)user["id"]!);
}
