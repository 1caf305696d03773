using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>A network whose tokens and sign-ins lead to nothing asks Keycloak so often and no more.</summary>
public sealed class QuestionLimitTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int Tokens = 60;
    private const int SignIns = 120;

    [Fact]
    public async Task TokensThatAreOverAskKeycloakSoOftenAMinute()
    {
        var good = api.Keycloak.IssueBearer(Machine());
        using var known = await BearerAsync(good);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        var before = api.Keycloak.Introspections;
        var refused = Over();
        for (var i = 0; i < 3 * Tokens; i++)
        {
            // One that was refused is asked about no more often than new ones, however long it is shown.
            api.Clock.Advance(TimeSpan.FromSeconds(10));
            using var answer = await BearerAsync(i % 2 == 0 ? refused : Over());
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
        }

        // A minute may have begun anew in between.
        Assert.InRange(api.Keycloak.Introspections - before, Tokens, 2 * Tokens);
        using var still = await BearerAsync(good);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task MadeUpCodesAskKeycloakSoOftenAMinute()
    {
        var (asked, refused) = (0, 0);
        for (var i = 0; i < 3 * SignIns; i++)
        {
            using var browser = api.NewBrowser();
            var query = await browser.StartSignInAsync();
            using var answer = await browser.GetAsync($"/bff/signin?code=made-up&state={Uri.EscapeDataString(query["state"]!)}&iss={Uri.EscapeDataString(api.Keycloak.Issuer)}");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                refused++;
                Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
            }
            else
            {
                asked++;
                Assert.Equal("/?signin=failed", answer.Headers.Location?.OriginalString);
            }
        }

        Assert.InRange(asked, SignIns, 2 * SignIns);
        Assert.True(refused > 0);
    }

    private string Over()
    {
        var machine = Machine();
        machine.Active = false;
        return api.Keycloak.IssueBearer(machine);
    }

    private static TestPerson Machine() => new() { Client = "northside-integration", Roles = ["staff"] };

    private async Task<HttpResponseMessage> BearerAsync(string token)
    {
        using var caller = api.NewBrowser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/dashboards");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await caller.SendAsync(request);
    }
}
