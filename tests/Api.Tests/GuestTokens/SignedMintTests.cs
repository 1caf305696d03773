using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>The Api that signs by itself, for two minutes, and hands tokens out again.</summary>
public sealed class SignedFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string>> OwnSettings =>
        [new("GuestTokens:Issuer", "signed"), new("GuestTokens:Lifetime", "00:02:00"), new("GuestTokens:Reuse", "true")];
}

public sealed class SignedMintTests(SignedFixture api) : IClassFixture<SignedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignedTokenIsWhatSupersetMakesAndHoldsAsLongAsConfigured()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var before = api.Superset.SignIns;
        var token = await MintAsync(browser, "clinic");

        var parts = token.Split('.');
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal(Signature(parts, ApiFixture.GuestTokenSecret), parts[2]);
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(["user", "resources", "rls_rules", "iat", "exp", "aud", "type"], claims.EnumerateObject().Select(claim => claim.Name));
        const int skew = 30; // for a Superset whose clock is behind
        Assert.Equal(120 + skew, claims.GetProperty("exp").GetDecimal() - claims.GetProperty("iat").GetDecimal());
        Assert.Equal((ApiFixture.GuestTokenAudience, "guest"), (claims.GetProperty("aud").GetString(), claims.GetProperty("type").GetString()));
        Assert.Equal("northside/admin", claims.GetProperty("user").GetProperty("username").GetString());
        Assert.Equal($$"""[{"type":"dashboard","id":"{{TestCatalogue.ClinicEmbedded}}"}]""", claims.GetProperty("resources").GetRawText());
        Assert.Equal("tenant_id = 'northside'", claims.GetProperty("rls_rules")[0].GetProperty("clause").GetString());
        Assert.Equal(3, claims.GetProperty("user").GetProperty("last_name").GetString()!.Split('.').Length);
        Assert.Equal(before, api.Superset.SignIns);
    }

    [Fact]
    public async Task RotatedSecretSignsTheNextTokenWithoutARestart()
    {
        try
        {
            await File.WriteAllTextAsync(api.GuestTokenSecretFile, $"rotated-secret-0123456789-0123456789\n{ApiFixture.GuestTokenSecret}", Cancellation);
            using var browser = await api.SignInAsync(new TestPerson());
            var parts = (await MintAsync(browser, "clinic")).Split('.');
            Assert.Equal(Signature(parts, "rotated-secret-0123456789-0123456789"), parts[2]);
        }
        finally
        {
            await File.WriteAllTextAsync(api.GuestTokenSecretFile, ApiFixture.GuestTokenSecret, Cancellation);
        }
    }

    [Fact]
    public async Task TokenIsHandedOutAgainToItsSessionAndToNoOther()
    {
        var person = new TestPerson();
        using var browser = await api.SignInAsync(person);
        using var second = await api.SignInAsync(person);
        var first = await MintAsync(browser, "clinic");

        Assert.Equal(first, await MintAsync(browser, "clinic"));
        Assert.NotEqual(first, await MintAsync(browser, "appointments"));
        Assert.NotEqual(first, await MintAsync(second, "clinic"));
        var rows = await api.Database.QueryAsync(
            "select reason, token_sha256 from audit.events where kind = 'mint' and person = audit.person($1) and dashboards = '{clinic}' order by at, position", person.Subject);
        Assert.Equal([null, "reused", null], rows.Select(row => row["reason"]));
        Assert.Equal(rows[0]["token_sha256"], rows[1]["token_sha256"]);
    }

    [Fact]
    public async Task TokenIsNotHandedOutAgainOnceItIsRevoked()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await MintAsync(browser, "clinic");
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var once = await leader.PostAsync("/api/admin/revocations", new { kind = "dashboard", value = "clinic", until_lifted = false });
        Assert.Equal(HttpStatusCode.NoContent, once.StatusCode);

        var next = await MintAsync(browser, "clinic");
        Assert.NotEqual(first, next);
    }

    internal static async Task<string> MintAsync(Browser browser, string key)
    {
        using var answer = await browser.MintAsync(key);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("token").GetString()!;
    }

    private static string Signature(string[] parts, string secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")));
}

/// <summary>Apart from the others: it moves the clock, which Postgres does not follow.</summary>
public sealed class TokenReuseTests(SignedFixture api) : IClassFixture<SignedFixture>
{
    [Fact]
    public async Task TokenIsHandedOutAgainWhileHalfItsLifeIsLeft()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await SignedMintTests.MintAsync(browser, "clinic");
        api.Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(first, await SignedMintTests.MintAsync(browser, "clinic"));
        api.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.NotEqual(first, await SignedMintTests.MintAsync(browser, "clinic"));
    }

    // After a second rotation at once nobody takes what the first values signed.
    [Theory]
    [InlineData("guest-token-secret")]
    [InlineData("assertion-key")]
    public async Task TokenOfAnotherSecretIsNotHandedOutAgain(string name)
    {
        var file = name == "assertion-key" ? api.AssertionKeyFile : api.GuestTokenSecretFile;
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await SignedMintTests.MintAsync(browser, "clinic");
        Assert.Equal(first, await SignedMintTests.MintAsync(browser, "clinic"));
        await File.WriteAllTextAsync(file, $"another-{name}-of-the-tests-0123456789", TestContext.Current.CancellationToken);
        try
        {
            Assert.NotEqual(first, await SignedMintTests.MintAsync(browser, "clinic"));
        }
        finally
        {
            await File.WriteAllTextAsync(file, before, TestContext.Current.CancellationToken);
        }
    }
}
