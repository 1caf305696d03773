using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.GuestTokens;

/// <summary>
/// Check 5 of docs/security-tests.md: somebody with the service account's password and an assertion that the Api has signed gets a
/// token for exactly what was signed, and for nothing else.
/// </summary>
public sealed class ValidatorChecks(StackFixture stack)
{
    private const string Dashboard = "clinic";

    private static readonly Dictionary<string, Action<JsonObject>> Forgeries = new()
    {
        ["no rules"] = body => body["rls"] = new JsonArray(),
        ["a rule less"] = body => body["rls"]!.AsArray().RemoveAt(0),
        ["another clinic's rule"] = body => body["rls"]![0]!["clause"] = "tenant_id = 'harbour'",
        ["a rule that is always true"] = body => body["rls"]![0]!["clause"] = "1 = 1",
        ["a rule for every dataset"] = body => body["rls"]![0]!.AsObject().Remove("dataset"),
        ["an unknown dashboard"] = body => body["resources"]![0]!["id"] = "00000000-0000-4000-8000-000000000000",
        ["a dashboard more"] = body => body["resources"]!.AsArray().Add(new JsonObject { ["type"] = "dashboard", ["id"] = "00000000-0000-4000-8000-000000000000" }),
        ["a chart"] = body => body["resources"]![0]!["type"] = "chart",
        ["no resource"] = body => body["resources"] = new JsonArray(),
        ["another person"] = body => body["user"]!["username"] = "harbour/admin",
        ["another tenant"] = body => body["user"]!["first_name"] = "harbour",
        ["no assertion"] = body => body["user"]!["last_name"] = "",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check5SupersetRefusesWhatTheApiHasNotSigned()
    {
        using var superset = await ServiceAccount.LogInAsync(stack, Cancellation);
        var token = await (await stack.DirectApiAsync()).TokenAsync(await stack.Sessions.OfAsync(Person.NorthsideAdministrator), Dashboard, Cancellation);
        Assert.Equal(HttpStatusCode.OK, await superset.MintAsync(Body(token), Cancellation));

        foreach (var (what, forge) in Forgeries)
        {
            var body = Body(token);
            forge(body);
            var status = await superset.MintAsync(body, Cancellation);
            Assert.True(status == HttpStatusCode.BadRequest, $"{what}: Superset answered {(int)status}");
        }
    }

    // Superset's endpoint drops them before its validator looks: what counts is that no token says them.
    [Fact]
    public async Task Check5MoreAboutTheUserIsInNoToken()
    {
        using var superset = await ServiceAccount.LogInAsync(stack, Cancellation);
        var own = await (await stack.DirectApiAsync()).TokenAsync(await stack.Sessions.OfAsync(Person.NorthsideAdministrator), Dashboard, Cancellation);
        var body = Body(own);
        foreach (var (key, value) in new Dictionary<string, JsonNode> { ["id"] = 1, ["is_admin"] = true, ["email"] = "admin@localhost", ["roles"] = new JsonArray("Admin"), ["active"] = true })
        {
            body["user"]![key] = value;
        }

        if (await superset.TokenAsync(body, Cancellation) is { } token)
        {
            Assert.Equal(["first_name", "last_name", "username"], GuestTokenForger.Payload(token)["user"]!.AsObject().Select(member => member.Key).Order());
        }
    }

    private static JsonObject Body(string token)
    {
        var claims = GuestTokenForger.Payload(token);
        return new()
        {
            ["user"] = claims["user"]!.DeepClone(), ["resources"] = claims["resources"]!.DeepClone(), ["rls"] = claims["rls_rules"]!.DeepClone(),
        };
    }
}
