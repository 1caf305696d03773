using System.Net;
using EmbedStack.Api.GuestTokens;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.Exchange;

/// <summary>The browser's token, and Superset's that stands behind it.</summary>
public sealed class ExchangeTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task BrowsersTokenSaysNothingOfRulesAndSuperset()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var answer = await browser.MintAsync("clinic");
        var body = await answer.JsonAsync();
        var token = body.GetProperty("token").GetString()!;
        var claims = ExchangeFixture.Claims(token);

        Assert.Equal(["sub", "aud", "iat", "exp", "jti", "dashboards"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal((person.Subject, ApiFixture.EmbedOrigin), (claims.GetProperty("sub").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal($$"""["{{TestCatalogue.ClinicEmbedded}}"]""", claims.GetProperty("dashboards").GetRawText());
        Assert.Equal(240, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(claims.GetProperty("exp").GetInt64(), body.GetProperty("expires_at").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal(
            token[token.LastIndexOf('.')..],
            JsonWebSignature.Sign(claims, ApiFixture.EdgeTokenKey)[token.LastIndexOf('.')..]);
    }

    [Fact]
    public async Task SupersetGetsItsOwnTokenInstead()
    {
        var token = await api.TokenAsync(new TestPerson());
        using var answer = await api.ReadAsync(token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var sent = api.Superset.LastSeen!.Headers["X-GuestToken"];
        Assert.NotEqual(token, sent);
        Assert.True(JsonWebSignature.Verify(sent, ["guest-secret"]) is not null, "What Superset got is not the token that it has made.");
        Assert.Equal("""{"queries":[]}""", api.Superset.LastSeen.Body);
    }

    [Fact]
    public async Task ExportFormsTokenIsExchangedToo()
    {
        var token = await api.TokenAsync(new TestPerson());
        using var browser = api.NewEmbedBrowser();
        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1/chart/data")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form_data"] = """{"result_format":"csv"}""", ["guest_token"] = token }),
        });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(token, api.Superset.LastSeen!.Headers["X-GuestToken"]);
        Assert.Equal("form_data=%7B%22result_format%22%3A%22csv%22%7D", api.Superset.LastSeen.Body);
    }

    [Fact]
    public async Task InstancesShareGrantsAndSupersetsTokens()
    {
        var other = api.StartInstance();
        var token = await api.TokenAsync(new TestPerson());
        using var first = await api.ReadAsync(token);
        var (mints, sent) = (api.Superset.Mints, api.Superset.LastSeen!.Headers["X-GuestToken"]);

        using var answer = await api.ReadAsync(token, other);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((mints, sent), (api.Superset.Mints, api.Superset.LastSeen.Headers["X-GuestToken"]));
    }

    [Fact]
    public async Task SupersetsTokenThatStandsBehindHasARowOfItsOwnEachTimeOneIsMade()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var first = await api.ReadAsync(await ExchangeFixture.TokenAsync(browser));
        using var again = await api.ReadAsync(await ExchangeFixture.TokenAsync(browser));
        var sent = api.Superset.LastSeen!.Headers["X-GuestToken"];

        var row = Assert.Single(await RowsAsync(person));
        Assert.Equal(("allowed", "northside", "admin", 1), (row["outcome"], row["tenant"], row["role"], row["rule_count"]));
        Assert.Equal(["clinic"], (string[])row["dashboards"]!);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sent))), row["token_sha256"]);
    }

    [Fact]
    public async Task SupersetsTokenThatCouldNotBeMadeHasARefusedRow()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        api.Superset.Away = true;
        try
        {
            using var answer = await browser.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
        finally
        {
            api.Superset.Away = false;
        }

        var row = Assert.Single(await RowsAsync(person));
        Assert.Equal(("refused", "superset-unavailable"), (row["outcome"], row["reason"]));
    }

    [Fact]
    public async Task PageThatIsOpenIsGivenItsNextTokenWhileSupersetIsAway()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await ExchangeFixture.TokenAsync(browser);
        api.Clock.Advance(TimeSpan.FromSeconds(290)); // Superset's own has too little left by now
        api.Superset.Away = true;
        try
        {
            using var answer = await browser.MintAsync("clinic");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEqual(first, (await answer.JsonAsync()).GetProperty("token").GetString());

            api.Clock.Advance(TimeSpan.FromMinutes(20));
            using var opened = await browser.MintAsync("clinic");
            await opened.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
            api.Clock.Advance(TimeSpan.FromSeconds(2)); // until when its failure is remembered
        }
    }

    // After a second rotation at once nobody takes what the first value signed.
    [Fact]
    public async Task TokenOfAnotherKeyIsNotHandedOutAgain()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await ExchangeFixture.TokenAsync(browser);
        Assert.Equal(first, await ExchangeFixture.TokenAsync(browser));
        await File.WriteAllTextAsync(api.EdgeTokenKeyFile, "another-edge-token-key-of-the-tests-0123456789", TestContext.Current.CancellationToken);
        try
        {
            var token = await ExchangeFixture.TokenAsync(browser);
            Assert.NotEqual(first, token);
            using var answer = await api.ReadAsync(token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            await File.WriteAllTextAsync(api.EdgeTokenKeyFile, ApiFixture.EdgeTokenKey, TestContext.Current.CancellationToken);
        }
    }

    private Task<List<Dictionary<string, object?>>> RowsAsync(TestPerson person) =>
        api.Database.QueryAsync("select * from audit.events where kind = 'exchange' and person = audit.person($1)", person.Subject);

    [Fact]
    public async Task SupersetsTokensLieEncryptedInPostgres()
    {
        using var answer = await api.ReadAsync(await api.TokenAsync(new TestPerson()));
        var sent = api.Superset.LastSeen!.Headers["X-GuestToken"];
        var stored = await api.Database.QueryAsync("select token from api.superset_tokens");

        Assert.NotEmpty(stored);
        Assert.All(stored, row => Assert.DoesNotContain(
            sent.Split('.')[1], System.Text.Encoding.Latin1.GetString((byte[])row["token"]!), StringComparison.Ordinal));
    }

    [Fact]
    public async Task TokenThatStandsInAnotherOnesRowIsNotTaken()
    {
        using var first = await api.ReadAsync(await api.TokenAsync(new TestPerson()));
        var others = api.Superset.LastSeen!.Headers["X-GuestToken"];
        var token = await api.TokenAsync(new TestPerson { Organizations = ["manly"] });
        await api.Database.ExecuteAsync("update api.superset_tokens set token = (select token from api.superset_tokens order by signed_at limit 1)");

        using var answer = await api.ReadAsync(token, api.StartInstance());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(others, api.Superset.LastSeen.Headers["X-GuestToken"]);
        Assert.Equal("manly/admin", api.Superset.LastMint.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task ManyRequestsAtOnceWaitForOneToken()
    {
        var person = new TestPerson { Organizations = ["harbour"] };
        using var browser = await api.SignInAsync(person);
        var before = api.Superset.Mints;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => browser.MintAsync("clinic")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(1, api.Superset.Mints - before);
    }

    [Fact]
    public async Task MintTellsThatSupersetIsAway()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        api.Superset.Away = true;
        try
        {
            using var answer = await browser.MintAsync("clinic");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
        }
    }

    [Fact]
    public async Task IssuersTokenIsNoneWhereNoIssuerIsTrusted()
    {
        var before = api.Superset.LastSeen;
        using var answer = await api.ReadAsync(JsonWebSignature.Sign(new { iss = "https://id.example", org_id = "northside" }, "the issuer's"));
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "no-guest-token");
        Assert.Same(before, api.Superset.LastSeen);
    }
}
