using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.JwtEmbedding;

/// <summary>A token that the issuer did not sign for this audience, this time and a person of a tenant is nobody's.</summary>
public sealed class ForgedIssuersTokenTests(StackFixture stack)
{
    private static readonly Dictionary<string, Action<JsonObject>> Claims = new()
    {
        ["of another issuer"] = claims => claims["iss"] = "https://id.elsewhere.example",
        ["for another audience"] = claims => claims["aud"] = "elsewhere",
        ["expired"] = claims => claims["exp"] = Now - 120,
        ["without an end"] = claims => claims.Remove("exp"),
        ["not yet valid"] = claims => claims["nbf"] = Now + 3600,
        ["of no tenant"] = claims => claims["tenant_id"] = "nowhere",
        ["of a role that a clinic does not have"] = claims => claims["role"] = "network",
        ["of a clinician without a staff id"] = claims => claims["role"] = "clinician",
        ["with SQL for a tenant"] = claims => claims["tenant_id"] = "northside' OR 1=1 --",
    };

    public static TheoryData<string, Way> Wrong => [.. from name in Claims.Keys from way in Enum.GetValues<Way>() select (name, way)];

    public static TheoryData<Way> Ways => [Way.Embed, Way.Direct];

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task TokenWithAWrongClaimIsRefused(string what, Way way)
    {
        var claims = Right;
        Claims[what](claims);

        await AssertNobodyAsync(stack.Issuer.Sign(claims), way);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenThatNobodySignedIsRefused(Way way)
    {
        await AssertNobodyAsync(TestIssuer.Forge(Right, "none", _ => []), way);
        await AssertNobodyAsync(TestIssuer.Forge(Right, "none", _ => [1]), way);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenSignedWithThePublicKeyAsASecretIsRefused(Way way) =>
        AssertNobodyAsync(TestIssuer.Forge(Right, "HS256", text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(stack.Issuer.PublicPem), text)), way);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenSignedWithAKeyOfTheForgersOwnIsRefused(Way way)
    {
        using var own = RSA.Create(2048);
        await AssertNobodyAsync(TestIssuer.Forge(Right, "RS256", text => own.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)), way);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenThatNamesAnUnknownKeyIsRefused(Way way)
    {
        await AssertNobodyAsync(stack.Issuer.Sign(Right, "unknown"), way);
        await AssertNobodyAsync(stack.Issuer.Sign(Right, "../../etc/passwd"), way);
        await AssertNobodyAsync(stack.Issuer.Sign(Right, "http://127.0.0.1:1/keys"), way);
        await AssertNobodyAsync(stack.Issuer.Sign(Right, null), way);
    }

    [Theory]
    [InlineData("superset-secret-key")]
    [InlineData("superset-jwt-secret-key")]
    public async Task LoginUnderSupersetsOwnSecretsIsNobody(string secret)
    {
        var login = GuestTokenForger.Signed(
            new JsonObject { ["fresh"] = true, ["iat"] = Now, ["nbf"] = Now, ["exp"] = Now + 600, ["jti"] = "1", ["type"] = "access", ["sub"] = "1", ["csrf"] = "x" },
            await stack.ParameterAsync(secret));

        await AssertNobodyAsync(login, Way.Embed);
        await AssertNobodyAsync(login, Way.Direct);
    }

    private static JsonObject Right => TestIssuer.Claims("northside", "admin");

    // The same claims, signed well, are somebody: a refusal is one of what was changed.
    private async Task AssertNobodyAsync(string token, Way way)
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf("clinic").First(one => one.Dataset == "appointments");
        var honest = await new Guest(stack, stack.Issuer.Sign(Right)).AskAsync(chart.Request(), way);
        Assert.True(honest.IsOk, $"The honest request answered {honest}");

        // Routes behind either of the framework's two checks of permissions, and both places of a token.
        foreach (var (method, path) in new[] { (HttpMethod.Post, $"api/v1/chart/data?dashboard_id={chart.DashboardId}"), (HttpMethod.Get, "api/v1/me/roles/"), (HttpMethod.Get, "api/v1/time_range/?q='Last%20week'") })
        {
            foreach (var header in new[] { ("X-GuestToken", token), ("Authorization", $"Bearer {token}") })
            {
                var content = method == HttpMethod.Post ? JsonContent.Create(chart.Request()) : null;
                var answer = await new Guest(stack, null).SendAsync(method, path, content, way, headers: new Dictionary<string, string> { [header.Item1] = header.Item2 });

                Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{path} with {header.Item1} was not refused: {answer}");
            }
        }
    }
}
