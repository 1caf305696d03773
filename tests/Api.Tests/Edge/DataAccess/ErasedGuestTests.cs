using System.Net;
using EmbedStack.Api.Tests.Edge.Exchange;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Edge.DataAccess;

/// <summary>A page that is open goes on asking with the token that it has.</summary>
public sealed class ErasedGuestTests(ExchangeFixture api) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task PageOfWhoWasErasedMakesNobodyKnownAnew()
    {
        var person = new TestPerson();
        var token = await api.TokenAsync(person);
        using var leader = await api.SignInAsync(new TestPerson { Organizations = ["lakeland"], Roles = ["network"] });
        using var erase = new HttpRequestMessage(HttpMethod.Delete, $"/api/audit/persons/{person.Subject}") { Headers = { { "X-CSRF", "1" } } };
        using var erased = await leader.SendAsync(erase);
        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);

        api.Clock.Advance(TimeSpan.FromMinutes(1)); // later than what may still be under way
        using var browser = api.NewEmbedBrowser();
        using var request = browser.Request("GET", "/api/v1/me/roles/");
        request.Headers.Add("X-GuestToken", token);
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False((bool)(await api.Database.QueryAsync("select audit.person($1) is not null as known", person.Subject))[0]["known"]!);
    }
}
