using System.Net;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Revocations;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EmbedStack.Api.Tests.Revocations;

/// <summary>
/// Within a second on the other instances: not since they look every two seconds, but since Postgres tells them. Here they
/// look only when told.
/// </summary>
public sealed class NotifiedTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RevocationKind.Tenant, "northside")]
    [InlineData(RevocationKind.Dashboard, "clinic")]
    [InlineData(RevocationKind.All, RevocationKind.Everything)]
    public async Task OtherInstanceHearsOfItFromPostgres(string kind, string value)
    {
        api.Clock.Stop(); // an instance that hears nothing would else stop to answer
        await using var other = api.StartInstance(services => services.Replace(ServiceDescriptor.Singleton<ChannelFollower, NotifiedFollower>()));
        using var here = await api.SignInAsync(new TestPerson());
        using var there = ApiFixture.NewBrowser(other);
        foreach (var (name, cookie) in here.Cookies)
        {
            there.Cookies[name] = cookie;
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(there));
        await api.Database.ExecuteAsync(
            "set session_replication_role = replica; insert into shared.revocations (kind, value) values ('tenant', 'northside')");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(there)); // nobody told of this one
        await api.Database.ExecuteAsync("set session_replication_role = replica; delete from shared.revocations");

        await api.Service<RevocationStore>().RevokeAsync(kind, value, untilLifted: true, Cancellation);
        try
        {
            await Eventually.TrueAsync($"the other instance refuses: {kind}", async () => await StatusAsync(there) != HttpStatusCode.OK);
        }
        finally
        {
            await api.Database.ExecuteAsync("delete from shared.revocations");
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Browser browser)
    {
        using var answer = await browser.MintAsync("clinic");
        return answer.StatusCode;
    }

    private sealed class NotifiedFollower(ListenerDatabase database, ILogger<ChannelFollower> logger) : ChannelFollower(database, logger)
    {
        protected override Task WaitAsync(NpgsqlConnection connection, TimeSpan poll, CancellationToken cancellationToken) =>
            connection.WaitAsync(cancellationToken);
    }
}
