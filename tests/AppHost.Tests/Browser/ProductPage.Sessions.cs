using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Playwright;

namespace EmbedStack.AppHost.Tests.Browser;

/// <summary>By the sessions that the shared stack's tests have in common.</summary>
internal sealed partial class ProductPage
{
    /// <summary>A page of somebody who is signed in already, by the session that tests share: none of them ends it.</summary>
    public static async Task<ProductPage> ResumeAsync(StackFixture stack, IBrowserContexts browser, Person person, string path = "", ColorScheme scheme = ColorScheme.Light)
    {
        var product = await OpenAsync(stack, browser, scheme);
        await product.TakeSessionAsync(person);
        await product.Page.GotoAsync(new Uri(stack.App, path).ToString());
        await Assertions.Expect(product.Page.GetByText(person.Clinic)).ToBeVisibleAsync(new() { Timeout = SignInTimeout });
        return product;
    }

    /// <summary>Has this browser go on as somebody else, without a word to its pages.</summary>
    public async Task TakeSessionAsync(Person person)
    {
        var cookies = (await ((StackFixture)stack).Sessions.OfAsync(person)).Cookies.Split("; ").Select(cookie => cookie.Split('=', 2));
        // The name that begins with __Host- wants a secure origin to set it; loopback is as good as one to read it.
        await context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie[0], Value = cookie[1], Url = $"https://{stack.App.Host}/" }));
    }
}
