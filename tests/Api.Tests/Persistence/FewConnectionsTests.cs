using System.Net;
using System.Net.Http.Json;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EmbedStack.Api.Tests.Persistence;

/// <summary>An Api with few connections, and more callers at once who want the same.</summary>
public sealed class FewConnectionsTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Connections = 3;
    private const int Callers = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The audit needs a connection while the change holds one.
    [Theory]
    [InlineData("/api/admin/entitlements", "")]
    [InlineData("/api/admin/dashboards", "/clinic")]
    public async Task LeadersWhoChangeTheSameAtOnceAllGetTheirTurn(string path, string key)
    {
        await using var instance = StartInstance();
        var leaders = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => SignInAsync(instance, new TestPerson { Organizations = ["lakeland"], Roles = ["network"] })));
        var present = await leaders[0].GetJsonAsync(path);

        var answers = await Task.WhenAll(leaders.Select((leader, number) => PutAsync(leader, path + key, key.Length > 0 ? new { enabled = number % 2 == 1 } : (object)present)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await api.Database.ExecuteAsync("update shared.dashboards set enabled = true where not enabled");
    }

    [Fact]
    public async Task PersonWhoSavesViewsWithoutPauseKeepsNobodyFromMinting()
    {
        var (busy, other) = (new TestPerson(), new TestPerson());
        await using var instance = StartInstance();
        using var browser = await SignInAsync(instance, busy);
        using var colleague = await SignInAsync(instance, other);
        Task<HttpResponseMessage>[] saves;
        await using (var slow = new NpgsqlConnection(api.Database.SuperuserConnectionString))
        {
            await slow.OpenAsync(Cancellation);
            await using var turn = new NpgsqlCommand("select pg_advisory_lock(hashtextextended('saved_views ' || $1, 0))", slow) { Parameters = { new() { Value = busy.Subject } } };
            await turn.ExecuteNonQueryAsync(Cancellation);
            saves = [.. Enumerable.Range(0, Callers).Select(number => browser.PostAsync("/api/views", new { dashboard = "clinic", name = $"view {number}" }))];
            await Eventually.TrueAsync("somebody waits for the turn", async () =>
                (await api.Database.QueryAsync("select 1 from pg_locks where locktype = 'advisory' and not granted")).Count > 0);

            using var mint = await colleague.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, mint.StatusCode);
        }

        foreach (var save in saves)
        {
            using var answer = await save; // who was first may have been given up by the database
        }

        await Eventually.TrueAsync("turns were given back", async () =>
        {
            using var again = await browser.PostAsync("/api/views", new { dashboard = "clinic", name = "again" });
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    private ApiInstance StartInstance() => api.StartInstance(services => services.Replace(ServiceDescriptor.Singleton(NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(api.Database.ApiConnectionString) { MaxPoolSize = Connections, Timeout = 3, CommandTimeout = 5 }))));

    private async Task<Browser> SignInAsync(ApiInstance instance, TestPerson person)
    {
        var browser = ApiFixture.NewBrowser(instance);
        using var answer = await browser.SignInAsync(api.Keycloak, person);
        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        return browser;
    }

    private static Task<HttpResponseMessage> PutAsync(Browser browser, string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body), Headers = { { "X-CSRF", "1" } } };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return browser.SendAsync(request);
    }
}
