using System.Net;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Tenancy;

/// <summary>A page that was made for somebody is answered for nobody else, whoever's cookie its browser has by now.</summary>
public sealed class PageHolderTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Header = "X-Person";

    [Theory]
    [InlineData("GET", "/api/dashboards")]
    [InlineData("GET", "/api/audit")]
    [InlineData("GET", "/api/views")]
    [InlineData("POST", "/api/superset/guest-token")]
    [InlineData("GET", "/api/admin/revocations")]
    public async Task RequestForAnotherPersonIsRefused(string method, string path)
    {
        using var nora = await api.SignInAsync(new TestPerson());
        using var omar = await api.SignInAsync(new TestPerson { Organizations = ["harbour"] });
        var tag = await TagAsync(nora);
        Assert.NotEqual(tag, await TagAsync(omar));

        using var refused = await AskAsync(omar, method, path, tag);
        await refused.AssertProblemAsync(HttpStatusCode.Unauthorized, "person-changed");
        using var answered = await AskAsync(nora, method, path, tag);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task PersonIsTheSameInAnotherSessionAndAnotherInAnotherRole()
    {
        var person = new TestPerson();
        using var here = await api.SignInAsync(person);
        using var there = await api.SignInAsync(person.AtAnotherBrowser());
        var tag = await TagAsync(here);
        Assert.Equal(tag, await TagAsync(there));
        Assert.DoesNotContain(person.Subject, tag, StringComparison.Ordinal);

        using var other = await api.SignInAsync(new TestPerson { Roles = ["staff"] });
        Assert.NotEqual(tag, await TagAsync(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0, 0")]
    [InlineData("' or 1=1")]
    public async Task WhatIsNoTagIsNobodys(string tag)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await AskAsync(browser, "GET", "/api/dashboards", tag);
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "person-changed");
    }

    private static Task<HttpResponseMessage> AskAsync(Browser browser, string method, string path, string tag)
    {
        var request = browser.Request(method, path);
        request.Headers.Add("X-CSRF", "1");
        request.Headers.TryAddWithoutValidation(Header, tag);
        if (method == "POST")
        {
            request.Content = System.Net.Http.Json.JsonContent.Create(new { dashboard_key = "clinic" });
        }

        return browser.SendAsync(request);
    }

    private static async Task<string> TagAsync(Browser browser)
    {
        using var answer = await browser.GetAsync("/bff/user");
        return Assert.Single(answer.Headers.GetValues(Header));
    }
}
