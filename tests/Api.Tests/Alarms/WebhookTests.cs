using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Alarms;
using EmbedStack.Api.Alarms.Webhooks;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Alarms;

public sealed class WebhookTests(WebhookTests.WatchedApi api) : IClassFixture<WebhookTests.WatchedApi>
{
    private const string Secret = "webhook-secret-of-the-tests-0123456789";

    [Fact]
    public async Task UncoveredDatasetIsToldWithASignatureAndWithoutSecrets()
    {
        var person = new TestPerson { Name = "Somebody Special" };
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync("uncovered");
        await answer.AssertProblemAsync(HttpStatusCode.Conflict, "uncovered-dataset");

        var (signature, body) = await ReceivedAsync(AlarmKind.UncoveredDataset);
        var parts = signature.Split(',').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{parts["t"]}."), .. body];
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), parts["v1"]);
        var alarm = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal("northside", alarm.GetProperty("tenant").GetString());
        Assert.Equal("uncovered", alarm.GetProperty("dashboards")[0].GetString());
        var text = Encoding.UTF8.GetString(body);
        Assert.DoesNotContain(person.Subject, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody", text, StringComparison.Ordinal);
        Assert.DoesNotContain("salaries", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("query")]
    [InlineData("header")]
    [InlineData("cookie")]
    public async Task MintThatNamesAnotherTenantIsAnsweredForTheOwnAndTold(string where)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/superset/guest-token" + (where == "query" ? "?tenant=harbour" : ""))
        {
            Content = new StringContent(
                where == "body" ? """{"dashboard_key":"clinic","tenant_id":"harbour"}""" : """{"dashboard_key":"clinic"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-CSRF", "1");
        if (where == "header")
        {
            request.Headers.Add("X-Tenant-Id", "harbour");
        }

        if (where == "cookie")
        {
            browser.Cookies["tenant"] = "harbour";
        }

        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("northside/admin", api.Superset.LastMint.GetProperty("user").GetProperty("username").GetString());
        await ReceivedAsync(AlarmKind.CrossTenantAttempt, await PseudonymAsync(person));
    }

    [Fact]
    public async Task OwnTenantsNameIsNoAlarm()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.PostAsync("/api/superset/guest-token?tenant=northside", new { dashboard_key = "clinic", tenant = "northside", note = "x" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await api.Database.QueryAsync("select 1 from audit.events where reason = 'other-tenant' and person = audit.person($1)", person.Subject));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 3)]
    [InlineData(HttpStatusCode.TooManyRequests, 3)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData(HttpStatusCode.Redirect, 1)]
    public async Task ReceiverThatIsAwayIsAskedAgainAndOneThatRefusesIsNot(HttpStatusCode status, int times)
    {
        var person = Guid.NewGuid();
        api.Webhook.Answers.Enqueue(status);
        api.Webhook.Answers.Enqueue(status);
        api.Service<AlarmWebhooks>().Rang(new Alarm(AlarmKind.TokenRate, DateTimeOffset.UtcNow) { Person = person });
        await Eventually.TrueAsync($"the alarm was sent {times} times", () => Task.FromResult(Sent(person) == times));

        // What comes later is sent when this one is done with.
        api.Webhook.Answers.Clear();
        var after = Guid.NewGuid();
        api.Service<AlarmWebhooks>().Rang(new Alarm(AlarmKind.TokenRate, DateTimeOffset.UtcNow) { Person = after });
        await Eventually.TrueAsync("the next alarm was sent", () => Task.FromResult(Sent(after) > 0));
        Assert.Equal(times, Sent(person));
    }

    [Theory]
    [InlineData("http://alarms.example/hook")]
    [InlineData("ftp://127.0.0.1/hook")]
    [InlineData("https://user:password@alarms.example/")]
    [InlineData("alarms.example")]
    [InlineData("")]
    public void UnsafeAddressStopsTheStart(string url)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Alarms:Webhooks:0:Url"] = url, ["Alarms:Webhooks:0:SecretFile"] = api.SecretFile }).Build();
        var refusal = Assert.Throws<InvalidOperationException>(() => WebhookSettings.From(configuration));
        Assert.StartsWith("Alarms__Webhooks__0__Url must be https", refusal.Message, StringComparison.Ordinal);
    }

    private int Sent(Guid person) => api.Webhook.Received.Count(sent => Encoding.UTF8.GetString(sent.Body).Contains($"{person}", StringComparison.Ordinal));

    private async Task<string> PseudonymAsync(TestPerson person) =>
        $"{(await api.Database.QueryAsync("select audit.person($1) as id", person.Subject))[0]["id"]}";

    private async Task<(string Signature, byte[] Body)> ReceivedAsync(string kind, string about = "")
    {
        (string, byte[])? found = null;
        await Eventually.TrueAsync($"alarm {kind} was received", () =>
        {
            found = api.Webhook.Received.Cast<(string Signature, byte[] Body)?>().FirstOrDefault(sent =>
                Encoding.UTF8.GetString(sent!.Value.Body) is var text
                && text.Contains($"\"{kind}\"", StringComparison.Ordinal) && text.Contains(about, StringComparison.Ordinal));
            return Task.FromResult(found is not null);
        });
        return found!.Value;
    }

    public sealed class WatchedApi(TestDatabases postgres) : ApiFixture(postgres)
    {
        public WebhookPeer Webhook { get; } = new();

        public string SecretFile { get; } = Path.GetTempFileName();

        protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
        [
            new("Alarms:Webhooks:0:Url", Webhook.Address), new("Alarms:Webhooks:0:SecretFile", SecretFile), new("Alarms:WebhookPatience:First", "00:00:00.020"),
        ];

        protected override async Task PublishAsync()
        {
            await Webhook.StartAsync();
            await File.WriteAllTextAsync(SecretFile, Secret);
            await base.PublishAsync();
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Webhook.DisposeAsync();
            File.Delete(SecretFile);
        }
    }
}
