using System.Net;
using System.Text.Json;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Tenancy;

public sealed class PersonTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    public static TheoryData<string[], string[], string?, string> Refused => new()
    {
        { [], ["admin"], null, "no-tenant" },
        { ["northside", "harbour"], ["admin"], null, "no-tenant" },
        { ["elsewhere"], ["admin"], null, "no-tenant" },
        { ["northside' OR 1=1 --"], ["admin"], null, "no-tenant" },
        { ["northside"], [], null, "no-role" },
        { ["northside"], ["admin", "staff"], null, "no-role" },
        { ["northside"], ["owner"], null, "no-role" },
        { ["northside"], ["network"], null, "no-role" },
        { ["lakeland"], ["admin"], null, "no-role" },
        { ["northside"], ["clinician"], null, "no-role" },
        { ["northside"], ["clinician"], "7' OR '1'='1", "no-role" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task PersonWithoutExactlyOneTenantAndRoleGetsNothing(string[] organizations, string[] roles, string? staffId, string slug)
    {
        var person = new TestPerson { Organizations = organizations, Roles = roles, StaffId = staffId };
        using var browser = await api.SignInAsync(person);
        using var user = await browser.GetAsync("/bff/user");
        using var mint = await browser.MintAsync("clinic");

        await user.AssertProblemAsync(HttpStatusCode.Forbidden, slug);
        await mint.AssertProblemAsync(HttpStatusCode.Forbidden, slug);
        var rows = await api.Database.QueryAsync(
            "select reason from audit.events where kind = 'access' and outcome = 'refused' and person = audit.person($1)", person.Subject);
        Assert.Equal([slug, slug], rows.Select(row => row["reason"]));
    }

    [Theory]
    [InlineData("northside", "staff", null)]
    [InlineData("northside", "clinician", "s-17")]
    [InlineData("lakeland", "network", null)]
    public async Task PersonWithOneTenantAndRoleIsKnown(string organization, string role, string? staffId)
    {
        using var browser = await api.SignInAsync(new TestPerson { Organizations = [organization], Roles = [role], StaffId = staffId });
        using var answer = await browser.GetAsync("/bff/user");
        var user = await answer.JsonAsync();
        Assert.Equal(organization, user.GetProperty("tenant").GetProperty("key").GetString());
        Assert.Equal(role, user.GetProperty("role").GetString());
    }

    [Fact]
    public void AttributesAreKeycloaksAlone()
    {
        var answer = JsonSerializer.Deserialize<JsonElement>("""
            {"active": true, "iss": "http://keycloak/realms/embedstack", "aud": ["embedstack-api", "account"], "azp": "embedstack-api",
             "client_id": "embedstack-api", "sub": "a", "typ": "Bearer", "region": "north", "department": "", "color": "green"}
            """);
        var facts = Introspection.Read(answer, new KeycloakSettings(new Uri("http://keycloak/realms/embedstack"), "embedstack-api"));
        Assert.True(facts.Active);
        Assert.Equal(new Dictionary<string, string> { ["region"] = "north" }, facts.Attributes);
    }
}
