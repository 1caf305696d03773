using System.Net;
using System.Xml.Linq;
using EmbedStack.Api.Persistence.KeyRing;
using EmbedStack.Api.Tests.Stack;
using Microsoft.Extensions.Configuration;

namespace EmbedStack.Api.Tests.Persistence;

public sealed class KeyRingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    [Fact]
    public async Task DatabaseHoldsNoKeyMaterial()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        Assert.All(await KeysAsync(), xml =>
        {
            Assert.DoesNotContain("masterKey", xml, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("<wrapped", xml, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task SessionsOutliveTwoRotationsOnThisInstanceAndOnNewOnes()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var before = await KeysAsync();
        foreach (var number in (int[])[1, 2])
        {
            var earlier = (await File.ReadAllLinesAsync(api.DataProtectionKeyFile, TestContext.Current.CancellationToken))[0];
            await File.WriteAllTextAsync(api.DataProtectionKeyFile, $"rotated-{number}-data-protection-key-0123456789\n{earlier}\n", TestContext.Current.CancellationToken);
            await api.Service<KeyRingRenewal>().RenewAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(before.Intersect(await KeysAsync()));
        await AssertKnownAsync(browser, api.Api);
        await using var other = api.StartInstance();
        await AssertKnownAsync(browser, other);
    }

    [Fact]
    public async Task KeyThatWasNeverEncryptedIsReadAndEncrypted()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var secret = api.Service<KeyRingSecret>();
        foreach (var text in await KeysAsync())
        {
            var key = XElement.Parse(text);
            var wrapped = key.Descendants(Framework + "encryptedSecret").Single();
            wrapped.ReplaceWith(XElement.Parse(System.Text.Encoding.UTF8.GetString(secret.Unprotect(wrapped.Value))));
            await api.Database.ExecuteAsync("update api.data_protection_keys set xml = $2 where xml = $1", text, key.ToString(SaveOptions.DisableFormatting));
        }

        Assert.All(await KeysAsync(), xml => Assert.Contains("<masterKey", xml, StringComparison.Ordinal));
        await using var other = api.StartInstance();
        Assert.All(await KeysAsync(), xml => Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal));
        await AssertKnownAsync(browser, other);
        await using var another = api.StartInstance();
        await AssertKnownAsync(browser, another);
    }

    [Fact]
    public void ApiStartsWithoutNoKeyAndWithNoShortOne()
    {
        var missing = Assert.Throws<InvalidOperationException>(() => KeyRingSecret.From(new ConfigurationBuilder().Build()));
        Assert.Contains("DATA_PROTECTION_KEY_FILE", missing.Message, StringComparison.Ordinal);

        var path = Path.GetTempFileName();
        File.WriteAllText(path, "short");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DATA_PROTECTION_KEY_FILE", path)]).Build();
        Assert.Contains("32 characters", Assert.Throws<InvalidOperationException>(() => KeyRingSecret.From(configuration)).Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    private async Task<List<string>> KeysAsync()
    {
        var rows = await api.Database.QueryAsync("select xml from api.data_protection_keys");
        Assert.NotEmpty(rows);
        return [.. rows.Select(row => (string)row["xml"]!)];
    }

    private static async Task AssertKnownAsync(Browser browser, ApiInstance instance)
    {
        using var there = ApiFixture.NewBrowser(instance);
        there.Cookies["__Host-embedstack"] = browser.Cookies["__Host-embedstack"];
        using var answer = await there.GetAsync("/bff/user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
