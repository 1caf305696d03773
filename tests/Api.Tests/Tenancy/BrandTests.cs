using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Tenancy;

/// <summary>The colours of whoever is signed in, for a page that has not painted yet.</summary>
public sealed class BrandTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Style = "html:root{--accent-light:#1f4e9c;--accent-dark:";

    [Fact]
    public async Task ColoursAreOfTheClinicOfWhoeverIsSignedIn()
    {
        await api.Database.ExecuteAsync(
            "insert into shared.tenants (key, name, kind, isolation, database, schema, accent) values ('hillside', 'Hillside', 'clinic', 'schema', 'clinic', 'clinic_hillside', '#1f4e9c')");
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        using var browser = await api.SignInAsync(new TestPerson { Organizations = ["hillside"] });
        Assert.StartsWith(Style, await ReadAsync(browser), StringComparison.Ordinal);
        var accent = (await browser.GetJsonAsync("/bff/user")).GetProperty("tenant").GetProperty("accent");
        Assert.Equal("#1f4e9c", accent.GetProperty("light").GetString());
        Assert.Contains($"--accent-dark:{accent.GetProperty("dark").GetString()}}}", await ReadAsync(browser), StringComparison.Ordinal);

        await api.Database.ExecuteAsync("update shared.tenants set enabled = false where key = 'hillside'");
        api.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Empty(await ReadAsync(browser));
    }

    [Fact]
    public async Task NobodyAndWhoeverHasNoOneClinicSeeTheProductsOwn()
    {
        using var nobody = api.NewBrowser();
        Assert.Empty(await ReadAsync(nobody));
        using var plain = await api.SignInAsync(new TestPerson());
        Assert.Empty(await ReadAsync(plain));
        using var both = await api.SignInAsync(new TestPerson { Organizations = ["northside", "harbour"] });
        Assert.Empty(await ReadAsync(both));
        using var forged = api.NewBrowser();
        forged.Cookies["__Host-embedstack"] = "made-up";
        Assert.Empty(await ReadAsync(forged));
    }

    private static async Task<string> ReadAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/bff/brand.css");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
