using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Tenancy;

public sealed class TenantTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("northside", """{"kind":"shared","database":"clinic","schema":"clinic"}""")]
    [InlineData("manly", """{"kind":"schema","database":"clinic","schema":"clinic_manly"}""")]
    [InlineData("hurstville", """{"kind":"database","database":"clinic_hurstville","schema":"clinic"}""")]
    public async Task AssertionNamesTheStoreOfTheRecord(string tenant, string store)
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = [tenant] });
        using var answer = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var assertion = api.Superset.LastMint.GetProperty("user").GetProperty("last_name").GetString()!.Split('.');
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(assertion[1]));
        Assert.Equal(store, claims.GetProperty("store").GetRawText());
    }

    [Fact]
    public async Task TenantThatIsDisabledGetsNothingUntilItIsEnabled()
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        try
        {
            await SetAsync("harbour", enabled: false);
            using var mint = await browser.MintAsync("clinic");
            await mint.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
            using var user = await browser.GetAsync("/bff/user");
            await user.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");
        }
        finally
        {
            await SetAsync("harbour", enabled: true);
        }

        // Postgres tells of it a moment later: nobody asked this instance.
        await Eventually.TrueAsync("the tenant is let in again", async () =>
        {
            using var after = await browser.MintAsync("clinic");
            return after.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task TenantThatWasJustAddedIsKnown()
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["lakeside"] });
        using var before = await browser.MintAsync("clinic");
        await before.AssertProblemAsync(HttpStatusCode.Forbidden, "no-tenant");

        await api.Database.ExecuteAsync(
            "insert into shared.tenants (key, name, kind, isolation, database, schema) values ('lakeside', 'Lakeside', 'clinic', 'schema', 'clinic', 'clinic_lakeside')");
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        using var after = await browser.MintAsync("clinic");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private async Task SetAsync(string tenant, bool enabled)
    {
        await api.Database.ExecuteAsync("update shared.tenants set enabled = $2 where key = $1", tenant, enabled);
        api.Clock.Advance(TimeSpan.FromSeconds(11));
    }
}
