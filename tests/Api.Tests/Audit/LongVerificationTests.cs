using System.Net;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EmbedStack.Api.Tests.Audit;

/// <summary>A day of millions of rows takes minutes: none of the verification's statements is given up sooner than the others.</summary>
public sealed class LongVerificationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("audit.batches_default")]
    [InlineData("audit.keys")]
    [InlineData("audit.heads")]
    public async Task EachStatementMayTakeLongerThanAPage(string table)
    {
        // Readers of pages are given up after a second here.
        await using var instance = api.StartInstance(services => services.Replace(ServiceDescriptor.Singleton(new ReadersDatabase(NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(api.Database.ApiConnectionString) { CommandTimeout = 1 })))));
        using var leader = ApiFixture.NewBrowser(instance);
        using var signedIn = await leader.SignInAsync(api.Keycloak, new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var before = await leader.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Task<HttpResponseMessage> verification;
        await using (await api.Database.LockAsync(table))
        {
            verification = leader.GetAsync("/api/audit/verification");
            await Eventually.TrueAsync("the verification waits", async () => (await api.Database.QueryAsync(
                "select 1 from pg_locks where relation = $1::text::regclass and not granted", table)).Count > 0);
            await Task.Delay(TimeSpan.FromSeconds(2), Cancellation);
        }

        using var answer = await verification;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.JsonAsync()).GetProperty("intact").GetBoolean());
    }
}
