using System.Net;
using System.Text.Json.Nodes;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.Stack;

namespace EmbedStack.AppHost.Tests.Leak.Attacks;

/// <summary>Somebody holds the real secret of guest tokens, and not the Api's key: no token of theirs is honoured.</summary>
public sealed class ForgedTokenTests(StackFixture stack)
{
    private const string Dashboard = "clinic";

    public static TheoryData<Way> Ways => [Way.Passed, Way.Direct];

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWithoutRulesIsRefused(Way way) => AssertRefusedAsync(way, token => token["rls_rules"] = new JsonArray());

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWithAnotherClinicsRuleIsRefused(Way way) => AssertRefusedAsync(way, token => token["rls_rules"]![0]!["clause"] = "tenant_id = 'harbour'");

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWithARuleForAllDatasetsIsRefused(Way way) =>
        AssertRefusedAsync(way, token => token["rls_rules"]!.AsArray().Add(new JsonObject { ["clause"] = "1 = 1" }));

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenOfAnotherIdentityIsRefused(Way way) => AssertRefusedAsync(way, token =>
    {
        token["user"]!["username"] = "harbour/admin";
        token["user"]!["first_name"] = "harbour";
    });

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWithAnotherDashboardIsRefused(Way way) => AssertRefusedAsync(way, token =>
        token["resources"]!.AsArray().Add(new JsonObject { ["type"] = "dashboard", ["id"] = "26cd0b14-ed15-5d05-873f-88b26c150e50" }));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenThatNamesADashboardByNumberIsRefused(Way way)
    {
        var id = (await StoredDashboards.ReadAsync(stack)).IdOf(Dashboard);

        await AssertRefusedAsync(way, token => token["resources"]![0]!["id"] = id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await AssertRefusedAsync(way, token => token["resources"]![0]!["id"] = id);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWithoutTheApisAssertionIsRefused(Way way) => AssertRefusedAsync(way, token => token["user"]!["last_name"] = "Guest");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenWithAnotherPersonsAssertionIsRefused(Way way)
    {
        var other = GuestTokenForger.Assertion(await TokenAsync(Person.HarbourAdministrator, Dashboard));

        await AssertRefusedAsync(way, token => token["user"]!["last_name"] = other);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenWithTheTierOfAColleagueIsRefused(Way way)
    {
        var administrators = GuestTokenForger.Assertion(await TokenAsync(Person.NorthsideAdministrator, "appointments"));
        var own = await TokenAsync(Person.NorthsideStaff, "appointments");
        var forged = await GuestTokenForger.AlteredAsync(stack, own, token => token["user"]!["last_name"] = administrators);

        await AssertNobodyAsync(way, forged, "appointments");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenWithAnAssertionOfTheForgersOwnIsRefused(Way way)
    {
        var claims = GuestTokenForger.Payload(GuestTokenForger.Assertion(await TokenAsync()));
        claims["rules_sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var secret = await stack.ParameterAsync("guest-token-secret");

        await AssertRefusedAsync(way, token =>
        {
            token["rls_rules"] = new JsonArray();
            token["user"]!["last_name"] = GuestTokenForger.Signed(claims, secret);
        });
        await AssertRefusedAsync(way, token =>
        {
            token["rls_rules"] = new JsonArray();
            token["user"]!["last_name"] = GuestTokenForger.Signed(claims, secret, "none");
        });
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task TokenSignedWithAnotherSecretIsRefused(Way way)
    {
        var payload = GuestTokenForger.Payload(await TokenAsync());

        await AssertNobodyAsync(way, GuestTokenForger.Signed(payload, "a-secret-that-is-nobody-s-and-long-enough"), Dashboard);
        await AssertNobodyAsync(way, GuestTokenForger.Signed(payload, await stack.ParameterAsync("superset-jwt-secret-key")), Dashboard);
        await AssertNobodyAsync(way, GuestTokenForger.Signed(payload, "", "none"), Dashboard);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task TokenWhoseTimeIsOverIsRefused(Way way) => AssertRefusedAsync(way, token => token["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AnswerInTheCacheIsNotForAForger(Way way)
    {
        var stored = await StoredDashboards.ReadAsync(stack);
        var chart = stored.ChartsOf(Dashboard).First();
        var honest = await new Guest(stack, await TokenAsync()).AskAsync(chart.Request(), way);
        Assert.True(honest.IsOk, honest.ToString());

        await AssertRefusedAsync(way, token => token["rls_rules"] = new JsonArray());
        await AssertRefusedAsync(way, token => token["rls_rules"]![0]!["clause"] = "1 = 1");
    }

    [Fact]
    public async Task SupersetsOwnTokenIsNoneAtTheEmbedOrigin()
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
        var guest = await Guest.OfAsync(stack, Person.NorthsideAdministrator, Dashboard);
        Assert.True((await guest.AskAsync(chart.Request())).IsOk);

        foreach (var token in new[] { await TokenAsync(), await GuestTokenForger.AlteredAsync(stack, await TokenAsync(), _ => { }) })
        {
            var answer = await new Guest(stack, token).AskAsync(chart.Request());
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"Not refused: {answer}");
        }
    }

    [Theory]
    [InlineData("guest-token-secret")]
    [InlineData("assertion-key")]
    [InlineData("superset-jwt-secret-key")]
    public async Task BrowsersTokenUnderAnotherSecretIsRefused(string secret)
    {
        var chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
        var token = await (await stack.Sessions.OfAsync(Person.NorthsideAdministrator)).TokenAsync(Dashboard, TestContext.Current.CancellationToken);
        var whole = GuestTokenForger.Signed(GuestTokenForger.Payload(token), await stack.ParameterAsync("edge-token-key"));
        Assert.True((await new Guest(stack, whole).AskAsync(chart.Request())).IsOk, "the token signed anew under its own key is refused");

        foreach (var forged in new[] { GuestTokenForger.Signed(GuestTokenForger.Payload(token), await stack.ParameterAsync(secret)), GuestTokenForger.Signed(GuestTokenForger.Payload(token), "", "none") })
        {
            var answer = await new Guest(stack, forged).AskAsync(chart.Request());
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"Not refused: {answer}");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public Task NoTokenReadsNothing(Way way) => AssertNobodyAsync(way, null, Dashboard);

    private async Task AssertRefusedAsync(Way way, Action<JsonObject> alter) =>
        await AssertNobodyAsync(way, await GuestTokenForger.AlteredAsync(stack, await TokenAsync(), alter), Dashboard);

    private async Task AssertNobodyAsync(Way way, string? token, string dashboard)
    {
        // The forger signs well: a token that is only signed anew is honoured.
        var whole = await GuestTokenForger.AlteredAsync(stack, await TokenAsync(), _ => { });
        var stored = await StoredDashboards.ReadAsync(stack);
        var honest = await new Guest(stack, whole).AskAsync(stored.ChartsOf(Dashboard).First().Request(), way);
        Assert.True(honest.IsOk, $"The honest request answered {honest}");

        var answer = await new Guest(stack, token).AskAsync(stored.ChartsOf(dashboard).First().Request(), way);

        Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"Not refused: {answer}");
    }

    private Task<string> TokenAsync() => TokenAsync(Person.NorthsideAdministrator, Dashboard);

    // Superset's own: the edge, as it is by default, takes none of them.
    private async Task<string> TokenAsync(Person person, string dashboard) =>
        await (await stack.DirectApiAsync()).TokenAsync(await stack.Sessions.OfAsync(person), dashboard, TestContext.Current.CancellationToken);
}
