using System.Net;
using System.Security.Cryptography;
using System.Text;
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

        var rows = await api.Database.QueryAsync("select * from api.audit_events where subject = $1 order by id", person.Subject);
        Assert.Equal(["sign_in", "mint"], rows.Select(row => row["kind"]));
        Assert.All(rows, row => Assert.Equal("allowed", row["outcome"]));
        Assert.All(rows, row => Assert.Equal(("northside", "admin"), (row["tenant"], row["role"])));
        var mint = rows[1];
        Assert.Equal(["clinic"], (string[])mint["dashboards"]!);
        Assert.Equal(["appointments"], (string[])mint["rule_datasets"]!);
        Assert.Equal(1, mint["rule_count"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))), mint["token_sha256"]);
        Assert.Equal(rows[0]["session_id"], mint["session_id"]);
        Assert.NotNull(mint["correlation_id"]);
        Assert.Equal(IPAddress.Loopback, mint["address"]);

        var everything = string.Join(' ', rows.SelectMany(row => row.Values).Select(value => value is string[] texts ? string.Join(' ', texts) : $"{value}"));
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
        var row = Assert.Single(await api.Database.QueryAsync("select user_agent from api.audit_events where kind = 'mint' and subject = $1", person.Subject));
        Assert.Equal(new string('a', 255), row["user_agent"]);
    }

    [Theory]
    [InlineData("network", "unknown-dashboard")]
    [InlineData("uncovered", "uncovered-dataset")]
    public async Task RefusedMintLeavesARow(string key, string reason)
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync(key);
        var row = Assert.Single(await api.Database.QueryAsync("select * from api.audit_events where kind = 'mint' and subject = $1", person.Subject));
        Assert.Equal(("refused", reason, null), (row["outcome"], row["reason"], row["token_sha256"]));
    }

    [Fact]
    public async Task NothingIsMintedThatCannotBeAudited()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        await api.Database.ExecuteAsync("alter table api.audit_events rename to audit_events_away");
        try
        {
            using var answer = await browser.MintAsync("clinic");
            await answer.AssertProblemAsync(HttpStatusCode.InternalServerError, "internal");
        }
        finally
        {
            await api.Database.ExecuteAsync("alter table api.audit_events_away rename to audit_events");
        }
    }

    [Theory]
    [InlineData("update api.audit_events set tenant = 'x'")]
    [InlineData("delete from api.audit_events")]
    [InlineData("truncate api.audit_events")]
    public async Task RowsCannotBeChanged(string sql)
    {
        await using var connection = new NpgsqlConnection(api.Database.ApiConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
