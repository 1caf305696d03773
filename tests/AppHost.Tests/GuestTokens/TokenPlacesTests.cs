using System.Collections.Concurrent;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>Where a guest token is and is not, in a browser that shows a dashboard.</summary>
public sealed class TokenPlacesTests(StackFixture stack, BrowserFixture browser)
{
    private const string Mint = "/api/superset/guest-token";

    // A frame on another site may be denied its storage: it keeps nothing there.
    private const string Kept = """
        () => {
          const read = place => { try { return place(); } catch (denied) { return denied.name; } };
          return JSON.stringify([
            () => ({ ...localStorage }), () => ({ ...sessionStorage }), () => document.cookie, () => document.documentElement.outerHTML,
            () => location.href, () => document.referrer,
          ].map(read));
        }
        """;

    [Fact]
    public async Task Check10TokenIsInNoAddressReferrerOrStorage()
    {
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator);
        var (tokens, places, shown) = (new ConcurrentBag<Task<string>>(), new ConcurrentBag<Task<string>>(), new ConcurrentBag<Task<bool>>());
        product.Page.Request += (_, request) =>
        {
            places.Add(PlacesAsync(request));
            shown.Add(ShowsTokenAsync(request));
        };
        product.Page.Response += (_, response) =>
        {
            if (new Uri(response.Url).AbsolutePath == Mint && response.Ok)
            {
                tokens.Add(TokenAsync(response));
            }
        };
        product.Page.Console += (_, message) => places.Add(Task.FromResult(message.Text));

        await product.Page.GotoAsync(new Uri(stack.App, "dashboards/clinic").ToString());
        await product.AllChartsAsync(12);

        foreach (var frame in product.Page.Frames)
        {
            places.Add(frame.EvaluateAsync<string>(Kept));
        }

        var secrets = await Task.WhenAll(tokens);
        Assert.NotEmpty(secrets);
        Assert.Contains(true, await Task.WhenAll(shown)); // it travels, and where it should
        foreach (var place in await Task.WhenAll(places))
        {
            foreach (var secret in secrets)
            {
                Assert.False(place.Contains(secret, StringComparison.Ordinal) || place.Contains(secret.Split('.')[2], StringComparison.Ordinal), $"A token stands in {place.Split('?')[0]}");
            }
        }
    }

    private static async Task<string> PlacesAsync(Microsoft.Playwright.IRequest request) =>
        $"{request.Url} {await request.HeaderValueAsync("referer")} {await request.HeaderValueAsync("cookie")}";

    private static async Task<bool> ShowsTokenAsync(Microsoft.Playwright.IRequest request) => await request.HeaderValueAsync("x-guesttoken") is { Length: > 0 };

    private static async Task<string> TokenAsync(Microsoft.Playwright.IResponse response) =>
        JsonDocument.Parse(await response.TextAsync()).RootElement.GetProperty("token").GetString()!;
}
