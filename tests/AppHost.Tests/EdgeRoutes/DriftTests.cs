using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using EmbedStack.AppHost.Tests.Browser;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.EdgeRoutes;

/// <summary>What a page of this Superset asks for is what the edge lets pass: a newer one that asks for more, or for less, is told here.</summary>
public sealed partial class DriftTests(StackFixture stack, BrowserFixture browser)
{
    private static readonly string[] Always = Recorded("always");

    // With a role that drills, after a while, or by the browser's own choice.
    private static readonly string[] Sometimes = Recorded("sometimes");

    [Fact]
    public async Task EmbeddedPageAsksForTheRoutesOfTheTableAndIsRefusedNone()
    {
        var (asked, refused) = (new ConcurrentDictionary<string, byte>(), new ConcurrentDictionary<string, byte>());
        await using var product = await ProductPage.OpenAsync(stack, browser);
        product.Page.Response += (_, response) =>
        {
            var address = new Uri(response.Url);
            if (address.Authority == stack.Embed.Authority)
            {
                var route = $"{response.Request.Method} {Shape(address.AbsolutePath)}";
                asked[route] = 0;
                if (response.Status >= 400)
                {
                    refused[$"{route}: {response.Status}"] = 0;
                }
            }
        };

        await product.SignInAsync(Person.NorthsideAdministrator, "dashboards/clinic");
        await product.AllChartsAsync(12);

        Assert.Empty(refused.Keys);
        Assert.Empty(Always.Except(asked.Keys));
        Assert.Empty(asked.Keys.Except([.. Always, .. Sometimes]));
    }

    private static string[] Recorded(string when) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "EdgeRoutes", "recorded.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => parts[0] == when).Select(parts => $"{parts[1]} {parts[2]}"),
    ];

    private static string Shape(string path) => Number().Replace(Uuid().Replace(Asset().Replace(path, "/static/assets/<file>"), "<uuid>"), "/<id>$1");

    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"/[0-9]+(/|$)")]
    private static partial Regex Number();

    [GeneratedRegex("^/static/assets/.*")]
    private static partial Regex Asset();
}
