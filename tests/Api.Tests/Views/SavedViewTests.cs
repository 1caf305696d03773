using System.Net;
using System.Text.Json;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Views;

/// <summary>Persons keep dashboards' states for themselves.</summary>
public sealed class SavedViewTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/views";
    private const int Most = 50;

    public static TheoryData<string> Malformed =>
    [
        "{}", "[]", """{"dashboard":"clinic"}""", """{"name":"a"}""", """{"dashboard":"clinic","name":"   "}""",
        $$"""{"dashboard":"clinic","name":"{{new string('a', 81)}}"}""", """{"dashboard":"clinic","name":"a\u0000b"}""", """{"dashboard":"clinic","name":"\ud800"}""",
        """{"dashboard":"clinic","name":"a","filters":""}""", """{"dashboard":"clinic","name":"a","filters":"\u0007"}""",
        $$"""{"dashboard":"clinic","name":"a","filters":"{{new string('a', 4001)}}"}""",
        """{"dashboard":"clinic","name":"a","permalink":"../../elsewhere-1234567"}""", """{"dashboard":"clinic","name":"a","permalink":"short"}""",
    ];

    [Fact]
    public async Task ViewIsKeptReplacedAndDeleted()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var first = await SaveAsync(browser, new { dashboard = "clinic", name = " Last year ", filters = "(period:(v:'Last+year'))", permalink = new string('a', 22) });
        Assert.Equal("Last year", first.GetProperty("name").GetString());
        var second = await SaveAsync(browser, new { dashboard = "clinic", name = "Last year", filters = "(period:(v:Today))" });
        await SaveAsync(browser, new { dashboard = "appointments", name = "Last year" });

        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal([("appointments", null), ("clinic", "(period:(v:Today))")], (await ViewsAsync(browser)).Select(view => (view.GetProperty("dashboard").GetString(), view.GetProperty("filters").GetString())));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("permalink").ValueKind);

        using var gone = await DeleteAsync(browser, second);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using var again = await DeleteAsync(browser, second);
        await again.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Single(await ViewsAsync(browser));
    }

    [Fact]
    public async Task NobodyElseSeesOrDeletesIt()
    {
        var owner = new TestPerson();
        using var browser = await api.SignInAsync(owner);
        var view = await SaveAsync(browser, new { dashboard = "clinic", name = "Mine" });
        using var colleague = await api.SignInAsync(new TestPerson());
        using var leader = await api.SignInAsync(new TestPerson { Roles = ["network"], Organizations = ["lakeland"] });
        foreach (var other in new[] { colleague, leader })
        {
            Assert.Empty(await ViewsAsync(other));
            using var refused = await DeleteAsync(other, view);
            await refused.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        // The same person in another clinic has none of the former's.
        owner.Organizations = ["harbour"];
        using var moved = await api.SignInAsync(owner);
        Assert.Empty(await ViewsAsync(moved));
        using var notThere = await DeleteAsync(moved, view);
        await notThere.AssertProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task NobodyKeepsViewsWithoutEnd()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        var answers = await Task.WhenAll(Enumerable.Range(0, Most + 10).Select(number => browser.PostAsync(Path, new { dashboard = "clinic", name = $"view {number}" })));

        Assert.Equal(Most, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var answer in answers)
        {
            using (answer)
            {
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    await answer.AssertProblemAsync(HttpStatusCode.Conflict, "too-many-views");
                }
            }
        }

        // What is there already may be saved anew.
        var views = await ViewsAsync(browser);
        Assert.Equal(Most, views.Length);
        await SaveAsync(browser, new { dashboard = "clinic", name = views[0].GetProperty("name").GetString(), filters = "(a:b)" });
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task WhatIsNoViewIsRefused(string body)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var request = browser.Request("POST", Path);
        request.Headers.Add("X-CSRF", "1");
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await ViewsAsync(browser));
    }

    [Theory]
    [InlineData("network")]
    [InlineData("elsewhere")]
    public async Task DashboardThatIsNotTheirsHasNoViews(string dashboard)
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.PostAsync(Path, new { dashboard, name = "a" });
        await answer.AssertProblemAsync(HttpStatusCode.NotFound, "unknown-dashboard");
    }

    [Fact]
    public async Task OtherSitesSaveNothing()
    {
        using var browser = await api.SignInAsync(new TestPerson());
        using var answer = await browser.PostAsync(Path, new { dashboard = "clinic", name = "a" }, csrf: false);
        await answer.AssertProblemAsync(HttpStatusCode.Forbidden, "cross-site-request");
        Assert.Empty(await ViewsAsync(browser));
    }

    [Fact]
    public async Task ErasingAPersonTakesThemAndErasingATenantItsOwn()
    {
        var (one, other) = (new TestPerson { Organizations = ["manly"] }, new TestPerson { Organizations = ["manly"] });
        foreach (var person in new[] { one, other })
        {
            using var browser = await api.SignInAsync(person);
            await SaveAsync(browser, new { dashboard = "clinic", name = "a" });
        }

        using var leader = await api.SignInAsync(new TestPerson { Roles = ["network"], Organizations = ["lakeland"] });
        using var erasure = leader.Request("DELETE", $"/api/audit/persons/{one.Subject}");
        erasure.Headers.Add("X-CSRF", "1");
        using var erased = await leader.SendAsync(erasure);
        Assert.True(erased.IsSuccessStatusCode, $"{erased.StatusCode}");
        Assert.Equal(1L, await LeftAsync());
        await api.Database.ExecuteAsync("select api.forget_tenant('manly')");
        Assert.Equal(0L, await LeftAsync());

        async Task<object?> LeftAsync() =>
            (await api.Database.QueryAsync("select remaining from api.remembered('manly', '{}') where place = 'saved_views'")).Single()["remaining"];
    }

    private static async Task<JsonElement> SaveAsync(Browser browser, object view)
    {
        using var answer = await browser.PostAsync(Path, view);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await answer.JsonAsync();
    }

    private static async Task<JsonElement[]> ViewsAsync(Browser browser) => [.. (await browser.GetJsonAsync(Path)).GetProperty("views").EnumerateArray()];

    private static Task<HttpResponseMessage> DeleteAsync(Browser browser, JsonElement view)
    {
        var request = browser.Request("DELETE", $"{Path}/{view.GetProperty("id").GetString()}");
        request.Headers.Add("X-CSRF", "1");
        return browser.SendAsync(request);
    }
}
