using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.Identity;

/// <summary>Who makes tokens up costs us a look and Keycloak nothing.</summary>
public sealed class MadeUpTokenTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static TestPerson Machine => new() { Client = "northside-integration", Roles = ["staff"] };

    [Theory]
    [InlineData("noise")]
    [InlineData("three parts")]
    [InlineData("unsigned")]
    [InlineData("signed by nobody")]
    [InlineData("signed with the public key")]
    [InlineData("altered")]
    [InlineData("unknown key")]
    [InlineData("a key of its own")]
    [InlineData("a logout token")]
    [InlineData("another issuer")]
    [InlineData("another audience")]
    [InlineData("the Api's own")]
    [InlineData("over")]
    public async Task NobodyIsAskedAboutWhatTheRealmDidNotSignForUs(string how)
    {
        var before = api.Keycloak.Introspections;
        using var answer = await SendAsync(Make(how));
        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "invalid-token");
        Assert.Equal(before, api.Keycloak.Introspections);
    }

    [Fact]
    public async Task TokensThatNobodyAnswersForKeepNobodyFromSigningIn()
    {
        var machine = Machine;
        api.Keycloak.AwayFor = machine;
        try
        {
            for (var i = 0; i < 40; i++)
            {
                using var unanswered = await SendAsync(api.Keycloak.IssueBearer(machine));
                await unanswered.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "identity-unavailable");
            }

            using var person = await api.SignInAsync(new TestPerson());
            using var user = await person.GetAsync("/bff/user");
            Assert.Equal(HttpStatusCode.OK, user.StatusCode);
        }
        finally
        {
            api.Keycloak.AwayFor = null;
        }
    }

    private string Make(string how)
    {
        var tokens = api.Keycloak.Logout;
        var (header, claims) = (tokens.AccessHeader, tokens.AccessClaims(Machine));
        switch (how)
        {
            case "noise":
                return new string('a', 40);
            case "three parts":
                return "a.b.c";
            case "unsigned":
                header["alg"] = "none";
                return LogoutTokens.WithoutSignature(header, claims);
            case "signed by nobody":
                using (var others = new LogoutTokens(api.Keycloak.Issuer, api.Clock))
                {
                    return others.Sign(header, claims);
                }

            case "signed with the public key":
                return tokens.SignWithPublicKey(claims);
            case "altered":
                var parts = tokens.Sign(header, claims).Split('.');
                return $"{parts[0]}.{LogoutTokens.WithoutSignature(header, tokens.AccessClaims(Machine)).Split('.')[1]}.{parts[2]}";
            case "unknown key":
                header["kid"] = "another";
                break;
            case "a key of its own":
                header["jwk"] = new JsonObject();
                break;
            case "a logout token":
                header["typ"] = "logout+jwt";
                break;
            case "another issuer":
                claims["iss"] = "https://elsewhere.example/realms/embedstack";
                break;
            case "another audience":
                claims["aud"] = "account";
                break;
            case "the Api's own":
                claims["azp"] = KeycloakPeer.ClientId;
                break;
            default:
                claims["exp"] = api.Clock.GetUtcNow().AddSeconds(-1).ToUnixTimeSeconds();
                break;
        }

        return tokens.Sign(header, claims);
    }

    private async Task<HttpResponseMessage> SendAsync(string token)
    {
        using var caller = api.NewBrowser();
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/dashboards");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await caller.SendAsync(request);
    }
}
