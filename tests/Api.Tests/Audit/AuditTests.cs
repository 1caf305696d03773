using System.Net;
using System.Security.Cryptography;
using System.Text;
using EmbedStack.Api.Audit;
using EmbedStack.Api.Tests.Stack;
using Npgsql;

namespace EmbedStack.Api.Tests.Audit;

public sealed class AuditTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task SignInAndMintLeaveRowsWithoutSecrets()
    {
        var person = new TestPerson { Name = "Somebody Special" };
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync("clinic");
        var token = (await answer.JsonAsync()).GetProperty("token").GetString()!;

        var rows = await api.Database.QueryAsync("select * from audit.events where person = audit.person($1) order by at", person.Subject);
        Assert.Equal(["sign_in", "mint"], rows.Select(row => row["kind"]));
        Assert.All(rows, row => Assert.Equal("allowed", row["outcome"]));
        Assert.All(rows, row => Assert.Equal(("northside", "admin"), (row["tenant"], row["role"])));
        var mint = rows[1];
        Assert.Equal(["clinic"], (string[])mint["dashboards"]!);
        Assert.Equal(["appointments"], (string[])mint["rule_datasets"]!);
        Assert.Equal(1, mint["rule_count"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), mint["token_sha256"]);
        Assert.NotNull(mint["session"]);
        Assert.Equal(rows[0]["session"], mint["session"]);
        Assert.NotNull(mint["correlation_id"]);

        var everything = string.Join(' ', rows.SelectMany(row => row.Values).Select(value => value switch
        {
            string[] texts => string.Join(' ', texts),
            byte[] bytes => Encoding.Latin1.GetString(bytes),
            _ => $"{value}",
        }));
        Assert.DoesNotContain("127.0.0.1", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Subject, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("tenant_id", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LongUserAgentIsCutBetweenCharacters()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var client = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{api.Api.Port}/api/superset/guest-token")
        {
            Content = new StringContent("""{"dashboard_key":"network"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = new Uri(ApiFixture.AppOrigin).Authority;
        request.Headers.Add("X-CSRF", "1");
        request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        request.Headers.TryAddWithoutValidation("User-Agent", new string('a', 255) + "😀");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
        var row = Assert.Single(await api.Database.QueryAsync("select key_id, origin from audit.events where kind = 'mint' and person = audit.person($1)", person.Subject));
        await using var connection = await api.Service<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        var keys = await api.Service<AuditKeys>().GetAsync(connection, [(Guid)row["key_id"]!], TestContext.Current.CancellationToken);
        Assert.Equal(new AuditOrigin("127.0.0.1", new string('a', 255)), Assert.Single(keys).Value.Open((byte[])row["origin"]!));
    }

    [Theory]
    [InlineData("network", "unknown-dashboard")]
    [InlineData("uncovered", "uncovered-dataset")]
    public async Task RefusedMintLeavesARow(string key, string reason)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync(key);
        var row = Assert.Single(await api.Database.QueryAsync("select * from audit.events where kind = 'mint' and person = audit.person($1)", person.Subject));
        Assert.Equal(("refused", reason, null), (row["outcome"], row["reason"], row["token_sha256"]));
    }

    [Fact]
    public async Task ManyWhoComeTogetherShareACommitAndEachHasARow()
    {
        var subject = Guid.NewGuid().ToString();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => api.Service<AuditLog>().WriteAsync(
            new AuditEvent(AuditKind.Access, true) { Subject = subject, CorrelationId = $"{i}" }, TestContext.Current.CancellationToken)));

        var rows = await api.Database.QueryAsync("select instance, batch, correlation_id from audit.events where person = audit.person($1)", subject);
        Assert.Equal(200, rows.Select(row => row["correlation_id"]).Distinct().Count());
        Assert.InRange(rows.Select(row => (row["instance"], row["batch"])).Distinct().Count(), 1, 20);
    }

    [Fact]
    public async Task NothingIsMintedThatCannotBeAudited()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await api.Database.ExecuteAsync("alter table audit.events rename to events_away");
        try
        {
            using var answer = await browser.MintAsync("clinic");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        }
        finally
        {
            await api.Database.ExecuteAsync("alter table audit.events_away rename to events");
        }

        using var again = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData("update audit.events set tenant = 'x'")]
    [InlineData("delete from audit.events")]
    [InlineData("truncate audit.events")]
    [InlineData("delete from audit.events_default")]
    [InlineData("drop table audit.events_default")]
    [InlineData("alter table audit.events disable trigger all")]
    [InlineData("create table audit.mine (id int)")]
    [InlineData("update audit.batches set hash = hash")]
    [InlineData("delete from audit.batches")]
    [InlineData("insert into audit.heads select gen_random_uuid(), current_date, 1, sha256('')")]
    [InlineData("update audit.heads set number = 1")]
    [InlineData("delete from audit.heads")]
    [InlineData("alter table audit.batches disable trigger advance")]
    [InlineData("update audit.keys set key = ''")]
    [InlineData("delete from audit.keys")]
    [InlineData("update audit.settings set retention_months = 1")]
    [InlineData("select salt from audit.settings")]
    [InlineData("set role audit_maintenance")]
    public async Task TheApiOnlyAddsAndReads(string sql)
    {
        await using var connection = new NpgsqlConnection(api.Database.ApiConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
