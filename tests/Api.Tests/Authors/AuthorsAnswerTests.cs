using System.Net;
using System.Text;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.Http;

namespace EmbedStack.Api.Tests.Authors;

/// <summary>What Superset answers, or does not, reaches the author.</summary>
[Collection<AtTheAuthorsOrigin>]
public sealed class AuthorsAnswerTests(ApiFixture api)
{
    [Fact]
    public async Task RedirectsAndWhatSupersetSaysOfErrorsReachTheAuthor()
    {
        api.Superset.Answer = context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "http://localhost:5183/realms/embedstack/protocol/openid-connect/auth?client_id=superset";
            return Task.CompletedTask;
        };
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var redirect = await browser.GetAsync("/login/");
            Assert.Equal((HttpStatusCode.Redirect, "localhost:5183"), (redirect.StatusCode, redirect.Headers.Location!.Authority));

            api.Superset.Answer = context =>
            {
                context.Response.StatusCode = 422;
                return context.Response.WriteAsync("Columns missing in dataset");
            };
            using var error = await browser.GetAsync("/api/v1/chart/1");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "Columns missing in dataset"), (error.StatusCode, await error.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
        finally
        {
            api.Superset.Answer = null;
        }
    }

    [Fact]
    public async Task LargerBodiesThanADashboardAreRefused()
    {
        using var browser = api.NewAuthorsBrowser();
        using var request = browser.Own("PUT", "/api/v1/dashboard/1");
        request.Content = new StringContent(new string('x', 2 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var fits = await browser.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, 2 * 1024 * 1024), (fits.StatusCode, api.Superset.LastSeen!.Body.Length));

        using var larger = browser.Own("PUT", "/api/v1/dashboard/1");
        // The refusal comes before the body is read: a client that went on sending could find the connection closed.
        larger.Headers.ExpectContinue = true;
        larger.Content = new StringContent(new string('x', 5 * 1024 * 1024), Encoding.UTF8, "application/json");
        using var refused = await browser.SendAsync(larger);
        await refused.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task SupersetThatIsAwayIsSaidSo()
    {
        api.Superset.Away = true;
        try
        {
            using var browser = api.NewAuthorsBrowser();
            using var answer = await browser.GetAsync("/dashboard/list/");
            await answer.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "superset-unavailable");
        }
        finally
        {
            api.Superset.Away = false;
        }
    }
}
