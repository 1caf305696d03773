using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>Where the edge exchanges and keeps nothing, pages hold Superset's own tokens, and show the same.</summary>
public sealed class DirectWayTests(StackFixture stack)
{
    private const int Charts = 12;

    [Fact]
    public async Task DashboardIsShownBySupersetsOwnToken()
    {
        Assert.SkipUnless(StackFixture.IsWebBuilt, "The development server of the app asks the stack's own Api.");
        var person = Person.NorthsideAdministrator;
        var direct = await stack.DirectApiAsync();
        await using var browser = await RedirectedBrowser.StartAsync((stack.App, direct.Address), (stack.Embed, direct.Embed));
        await using var product = await ProductPage.ResumeAsync(stack, browser, person);
        var shown = new ConcurrentBag<string>();
        product.Page.Request += (_, request) =>
        {
            if (request.Url.StartsWith(new Uri(stack.Embed, "api/v1/chart/data").ToString(), StringComparison.Ordinal) && request.Headers.TryGetValue("x-guesttoken", out var token))
            {
                shown.Add(token);
            }
        };

        await product.Page.GotoAsync(new Uri(stack.App, "dashboards/clinic").ToString());
        await product.AllChartsAsync(Charts);

        Assert.Equal(await ClinicDatabase.AppointmentsAsync(stack, person.Tenant), await product.BigNumberAsync("Appointments"));
        Assert.True(shown.Count >= Charts, $"{shown.Count} charts were asked for");
        Assert.All(shown, token =>
        {
            var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
            Assert.NotEmpty(claims.GetProperty("rls_rules").EnumerateArray());
        });
    }
}
