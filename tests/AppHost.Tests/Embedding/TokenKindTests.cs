using System.Buffers.Text;
using System.Text.Json;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbedStack.AppHost.Tests.Embedding;

/// <summary>Pages hold tokens of the edge's own, or Superset's, as the AppHost's settings say.</summary>
[Trait("Category", "Smoke")]
public sealed class TokenKindTests(StackFixture stack, BrowserFixture browser)
{
    private const float Timeout = 120_000;

    [Fact]
    public async Task PageHoldsTheKindOfTokenThatIsSet()
    {
        var dashboard = Entitlements.Roles.First(entry => entry.Value.Contains("admin")).Key;
        await using var product = await ProductPage.SignInAsync(stack, browser, Person.NorthsideAdministrator);
        var chart = new Uri(stack.Embed, "api/v1/chart/data").ToString();

        var request = await product.Page.RunAndWaitForRequestAsync(
            () => product.Page.GotoAsync(new Uri(stack.App, $"dashboards/{dashboard}").ToString()),
            sent => sent.Url.StartsWith(chart, StringComparison.Ordinal) && sent.Headers.ContainsKey("x-guesttoken"),
            new() { Timeout = Timeout });

        // Rules stand in Superset's own tokens alone.
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(request.Headers["x-guesttoken"].Split('.')[1]));
        var set = stack.Application.Services.GetRequiredService<IConfiguration>()["EmbedStack:Edge:Tokens"];
        Assert.Matches("^(exchange|direct)$", set);
        Assert.Equal(set == "direct", claims.TryGetProperty("rls_rules", out _));
    }
}
