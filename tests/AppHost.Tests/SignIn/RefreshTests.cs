using System.Net;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.SignIn;

/// <summary>Renewing tokens at the real Keycloak, which takes each refresh token once.</summary>
public sealed class RefreshTests(StackFixture stack)
{
    // The Api renews 20 s before the end.
    private const int Lifetime = 32;
    private const string Database = "embedstack-db";
    private const string PutBack =
        "with changed as (update api.sessions set tokens = decode($1, 'hex') where keycloak_sid = $2 returning 1) select count(*) from changed";

    private static readonly TimeSpan UntilRenewal = TimeSpan.FromSeconds(14);
    private static readonly Person Liverpool = new("liverpool", "Liverpool Pain and Rehabilitation", "admin", "admin");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwentyRequestsAtExpiryOnTwoApisRenewOnceAndAKilledApiLosesNoSession()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Liverpool.UserName);
        await using var second = await SecondApi.StartAsync(stack, Cancellation);
        await keycloak.SetTokenLifetimeAsync(Lifetime);
        var events = await keycloak.KeepEventsAsync("REFRESH_TOKEN");
        try
        {
            using var session = await ProductSession.OpenAsync(stack, Liverpool, Cancellation, second.Address);
            using var elsewhere = session.On(stack.Api);
            Assert.Equal(HttpStatusCode.OK, (await elsewhere.MintAsync(new { dashboard_key = "clinic" }, Cancellation)).Status);
            var before = await keycloak.EventsAsync("REFRESH_TOKEN", user);
            await Task.Delay(UntilRenewal, Cancellation);

            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? session : elsewhere).UserAsync(Cancellation)));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
            Assert.Equal(before + 1, await keycloak.EventsAsync("REFRESH_TOKEN", user));
            await second.KillAsync();
            Assert.Equal(HttpStatusCode.OK, (await elsewhere.MintAsync(new { dashboard_key = "clinic" }, Cancellation)).Status);
        }
        finally
        {
            await keycloak.SetEventsAsync(events);
            await keycloak.SetTokenLifetimeAsync(null);
        }
    }

    // Whoever copied the database's row has an old refresh token after the next renewal.
    [Fact]
    public async Task OldRefreshTokenEndsTheSession()
    {
        using var keycloak = await KeycloakAdministrator.SignInAsync(stack);
        var user = await keycloak.UserAsync(Liverpool.UserName);
        await keycloak.SetTokenLifetimeAsync(Lifetime);
        try
        {
            var earlier = await keycloak.SessionsOfAsync(user);
            using var session = await ProductSession.OpenAsync(stack, Liverpool, Cancellation);
            var own = Assert.Single((await keycloak.SessionsOfAsync(user)).Except(earlier));
            var copied = await TokensAsync(own);
            await Task.Delay(UntilRenewal, Cancellation);
            Assert.Equal(HttpStatusCode.OK, (await session.UserAsync(Cancellation)).Status);
            Assert.NotEqual(copied, await TokensAsync(own));

            Assert.Equal(1L, await Superuser.ScalarAsync<long>(stack, Database, PutBack, copied, own));
            Assert.Equal(HttpStatusCode.Unauthorized, (await session.UserAsync(Cancellation)).Status);
            Assert.Equal(0L, await Superuser.ScalarAsync<long>(stack, Database, "select count(*) from api.sessions where keycloak_sid = $1", own));
            Assert.DoesNotContain("embedstack-api", await keycloak.ClientsOfAsync(user, own));
        }
        finally
        {
            await keycloak.SetTokenLifetimeAsync(null);
        }
    }

    private Task<string> TokensAsync(string keycloakSession) =>
        Superuser.ScalarAsync<string>(stack, Database, "select encode(tokens, 'hex') from api.sessions where keycloak_sid = $1", keycloakSession);
}
