using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

public sealed class IssuerTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task LoginSendsNobodyToAKeycloakThatIsAwayOrCallsItselfOtherwise()
    {
        using var browser = api.NewBrowser();
        api.Keycloak.AnnouncedIssuer = "http://elsewhere.example/realms/embedstack";
        using var elsewhere = await browser.GetAsync("/bff/login");
        await elsewhere.AssertProblemAsync(HttpStatusCode.InternalServerError, "internal");

        api.Keycloak.Away = true;
        using var away = await browser.GetAsync("/bff/login");
        await away.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
        Assert.Equal("5", away.Headers.GetValues("Retry-After").Single());

        (api.Keycloak.AnnouncedIssuer, api.Keycloak.Away) = (null, false);
        await browser.StartSignInAsync();
    }
}
