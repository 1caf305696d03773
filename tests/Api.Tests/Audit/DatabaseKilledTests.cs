using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Audit;

// A server of its own: it is killed.
public sealed class DatabaseKilledTests
{
    private const int Callers = 200;
    private const int Persons = 40;
    private static readonly string[][] Asked = [["clinic"], ["appointments"], ["clinic", "appointments"]];

    [Fact]
    public async Task NoTokenIsAnsweredWithoutItsRowWhenTheDatabaseIsKilledUnderParallelMints()
    {
        await using var postgres = new TestDatabases();
        await postgres.InitializeAsync();
        await using var api = new ApiFixture(postgres);
        await api.InitializeAsync();
        var browsers = new List<Browser>();
        for (var person = 0; person < Persons; person++)
        {
            browsers.Add(await api.SignInAsync(new TestPerson()));
        }

        var (tokens, refusals) = (new ConcurrentBag<string>(), new ConcurrentBag<HttpStatusCode>());
        var enough = new TaskCompletionSource();
        var mints = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => MintUntilRefusedAsync(browsers[caller % Persons], caller))).ToArray();
        await enough.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await postgres.KillAsync();
        await Task.WhenAll(mints).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await postgres.StartAgainAsync();

        Assert.Equal(Callers, refusals.Count);
        Assert.All(refusals, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        var audited = (await api.Database.QueryAsync("select token_sha256 from audit.events where kind = 'mint' and outcome = 'allowed'"))
            .Select(row => (string)row["token_sha256"]!).ToHashSet();
        Assert.Empty(tokens.Select(Digest).Except(audited));

        // And the Api goes on by itself.
        await Eventually.TrueAsync("the Api mints again", async () =>
        {
            using var again = await browsers[0].MintAsync("clinic");
            return again.StatusCode == HttpStatusCode.OK;
        });
        browsers.ForEach(browser => browser.Dispose());

        async Task MintUntilRefusedAsync(Browser browser, int caller)
        {
            for (var turn = caller; ; turn++)
            {
                using var answer = await browser.PostAsync("/api/superset/guest-token", new { dashboard_keys = Asked[turn % Asked.Length] });
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    refusals.Add(answer.StatusCode);
                    return;
                }

                tokens.Add((await answer.JsonAsync()).GetProperty("token").GetString()!);
                if (tokens.Count >= Callers)
                {
                    enough.TrySetResult();
                }
            }
        }
    }

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
