using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Questions;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Only a session mints, for its own tenant and its role's dashboards; Superset's account alone mints nothing.</summary>
public sealed class MintTests(StackFixture stack)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Roles => ["admin", "clinician", "staff", "network"];

    [Fact]
    public async Task MintNeedsASession()
    {
        using var client = new HttpClient { BaseAddress = stack.App, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-CSRF", "1");

        using var response = await client.PostAsJsonAsync("api/superset/guest-token", new { dashboard_key = "clinic" }, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task TenantInTheRequestIsIgnored()
    {
        var session = await stack.Sessions.OfAsync(Person.NorthsideAdministrator);
        var headers = new Dictionary<string, string> { ["X-Tenant-Id"] = "harbour" };

        var request = new { dashboard_key = "clinic", tenant_id = "harbour", rls = Array.Empty<object>() };

        var (status, body) = await (await stack.DirectApiAsync()).MintAsync(session, request, Cancellation, "?tenant_id=harbour", headers);

        Assert.Equal(HttpStatusCode.OK, status);
        var token = GuestTokenForger.Payload(JsonDocument.Parse(body).RootElement.GetProperty("token").GetString()!);
        Assert.Equal("northside/admin", (string?)token["user"]!["username"]);
        Assert.All(token["rls_rules"]!.AsArray(), rule => Assert.Equal("tenant_id = 'northside'", (string?)rule!["clause"]));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task DashboardsOfOtherRolesAreRefused(string role)
    {
        var person = Entitlements.PersonsOf(role)[0];
        var session = await stack.Sessions.OfAsync(person);

        foreach (var (dashboard, roles) in Entitlements.Roles)
        {
            var (status, _) = await session.MintAsync(new { dashboard_key = dashboard }, Cancellation);

            Assert.True(
                status == (roles.Contains(role) ? HttpStatusCode.OK : HttpStatusCode.NotFound), $"{dashboard} as {role} answered {(int)status}");
        }
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task TokenSaysTheDataIdentityAndNoPerson(string role)
    {
        var person = Entitlements.PersonsOf(role)[0];
        var token = await SupersetsAsync(person, Entitlements.DashboardsOf(role).First());

        Assert.Equal(person.Identity, (string?)GuestTokenForger.Payload(token)["user"]!["username"]);
        Assert.DoesNotContain(person.UserName, GuestTokenForger.Payload(token).ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task BrowsersTokenSaysNeitherRuleNorIdentityNorSchema(string role)
    {
        var person = Entitlements.PersonsOf(role)[0];
        var token = await (await stack.Sessions.OfAsync(person)).TokenAsync(Entitlements.DashboardsOf(role).First(), Cancellation);

        Assert.Equal(["aud", "dashboards", "exp", "iat", "jti", "sub"], GuestTokenForger.Payload(token).Select(claim => claim.Key).Order());
        Assert.DoesNotContain(person.Tenant, GuestTokenForger.Payload(token).ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Guest")]
    [InlineData("")]
    public async Task PasswordOfTheServiceAccountAloneMintsNothing(string assertion)
    {
        using var superset = await ServiceAccount.LogInAsync(stack, Cancellation);
        var honest = GuestTokenForger.Payload(await SupersetsAsync(Person.NorthsideAdministrator, "clinic"));

        var own = await superset.MintAsync(Body(honest, (string)honest["user"]!["last_name"]!), Cancellation);
        var stolen = await superset.MintAsync(Body(honest, assertion), Cancellation);

        Assert.Equal(HttpStatusCode.OK, own);
        Assert.Equal(HttpStatusCode.BadRequest, stolen);
    }

    [Fact]
    public async Task ServiceAccountReadsNothing()
    {
        using var superset = await ServiceAccount.LogInAsync(stack, Cancellation);

        foreach (var path in new[] { "api/v1/dashboard/", "api/v1/chart/", "api/v1/dataset/", "api/v1/database/", "api/v1/security/users/" })
        {
            Assert.Contains(await superset.GetAsync(path, Cancellation), new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }
    }

    private async Task<string> SupersetsAsync(Person person, string dashboard) =>
        await (await stack.DirectApiAsync()).TokenAsync(await stack.Sessions.OfAsync(person), dashboard, Cancellation);

    private static JsonObject Body(JsonObject token, string assertion) => new()
    {
        ["user"] = new JsonObject
        {
            ["username"] = (string?)token["user"]!["username"], ["first_name"] = (string?)token["user"]!["first_name"], ["last_name"] = assertion,
        },
        ["resources"] = token["resources"]!.DeepClone(),
        ["rls"] = token["rls_rules"]!.DeepClone(),
    };
}
