using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Persistence;

public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task DatabaseThatIsAwayIsSaidSo()
    {
        var postgres = new TestDatabases();
        await postgres.InitializeAsync();
        await using var api = new ApiFixture(postgres);
        await api.InitializeAsync();
        using var browser = await api.SignInAsync(new TestPerson());
        await postgres.DisposeAsync();

        using var user = await browser.GetAsync("/bff/user");
        await user.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        using var mint = await browser.MintAsync("clinic");
        await mint.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "database-unavailable");
        using var ready = await browser.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using var alive = await browser.GetAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
