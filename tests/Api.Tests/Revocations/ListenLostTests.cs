using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Revocations;

public sealed class ListenLostTests
{
    [Fact]
    public async Task WithoutWordFromPostgresAnswersHoldForTenSecondsAndThenNobodyIsLetIn()
    {
        await using var postgres = new TestDatabases();
        await postgres.InitializeAsync();
        await using var api = new ApiFixture(postgres);
        await api.InitializeAsync();
        using var browser = await api.SignInAsync(new TestPerson());
        using var before = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        // Pooled connections go on; the one that listens is cut and cannot come back.
        await api.Database.ExecuteAsync("alter role api nologin");
        await api.Database.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'embedstack-api-listener'");
        api.Clock.Elapse(TimeSpan.FromSeconds(5));
        using var held = await browser.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        api.Clock.Elapse(TimeSpan.FromSeconds(5));
        using var refused = await browser.GetAsync("/bff/user");
        await refused.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "database-unavailable");

        await api.Database.ExecuteAsync("alter role api login");
        await Eventually.TrueAsync("persons are let in again", async () =>
        {
            using var after = await browser.GetAsync("/bff/user");
            return after.StatusCode == HttpStatusCode.OK;
        });
    }
}
