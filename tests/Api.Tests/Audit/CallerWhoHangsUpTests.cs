using System.Text;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

// An Api of its own: the login that nobody waited for goes on for a while, and whoever mints meanwhile shares its failure.
public sealed class CallerWhoHangsUpTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task MintThatNobodyWaitedForLeavesARow()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        api.Superset.Hanging = true;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{api.Api.Port}/api/superset/guest-token")
            {
                Content = new StringContent("""{"dashboard_key":"clinic"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Host = new Uri(ApiFixture.AppOrigin).Authority;
            request.Headers.Add("X-CSRF", "1");
            request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(1) };
            await Assert.ThrowsAsync<TaskCanceledException>(() => client.SendAsync(request, TestContext.Current.CancellationToken));
            await Eventually.TrueAsync("the mint that nobody waited for is audited", async () => (await api.Database.QueryAsync(
                "select 1 from audit.events where kind = 'mint' and outcome = 'refused' and person = audit.person($1)", person.Subject)).Count == 1);
        }
        finally
        {
            api.Superset.Hanging = false;
        }
    }
}
