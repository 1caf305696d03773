using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

public sealed class BackChannelLimitTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task WhoSendsManyBadTokensHasToWaitAndIsAuditedNoMore()
    {
        using var caller = api.NewBrowser();
        for (var attempt = 0; attempt < 60; attempt++)
        {
            using var refused = await SendAsync(caller);
            await refused.AssertProblemAsync(HttpStatusCode.BadRequest, "invalid-logout-token");
        }

        using var answer = await SendAsync(caller);
        await answer.AssertProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal("60", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal(60L, (await api.Database.QueryAsync("select count(*) as n from audit.events where reason = 'invalid-logout-token'"))[0]["n"]);
    }

    private static async Task<HttpResponseMessage> SendAsync(Browser caller) => await caller.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/bff/backchannel-logout")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["logout_token"] = "a.b.c" }),
    });
}
