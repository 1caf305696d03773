using System.Net;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Stored;
using EmbedStack.AppHost.Tests.SignIn;
using EmbedStack.AppHost.Tests.Stack;
using EmbedStack.AppHost.Tests.Tenancy;

namespace EmbedStack.AppHost.Tests.Rotation;

/// <summary>Secrets change while people work, and nobody notices.</summary>
public sealed class RotationTests(StackFixture stack) : IAsyncLifetime
{
    private const string Dashboard = "clinic";
    private const string NoLimit = "1000000";

    // Of nominal 90 and more: with less, a rotation could slip through between two requests.
    private const double LeastRate = 20;
    private static readonly Person Administrator = new("penrith", "Penrith", "admin", "admin");
    private static readonly Person Newcomer = new("newtown", "Newtown", "admin", "admin");
    private readonly RotationTool tool = new(stack);
    private StackSecrets secrets = null!;
    private StoredChart chart = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        secrets = await StackSecrets.ReadAsync(stack);
        chart = (await StoredDashboards.ReadAsync(stack)).ChartsOf(Dashboard).First();
    }

    public ValueTask DisposeAsync() => new(secrets.RestoreAsync(tool));

    [Fact]
    public async Task EverySecretRotatesUnderLoadOnTwoApisAndBothWaysWithoutALostSessionOrRequest()
    {
        using var session = await ProductSession.OpenAsync(stack, Administrator, Cancellation);
        var before = new Guest(stack, await session.TokenAsync(Dashboard, Cancellation));
        await using var handshakes = await SecondApi.StartAsync(stack, Cancellation, Unlimited("handshake"));
        await using var signing = await SecondApi.StartAsync(stack, Cancellation, Unlimited("signed"));
        using var atHandshakes = session.On(handshakes.Address);
        using var atSigning = session.On(signing.Address);
        var began = DateTime.UtcNow;
        // Below the limits of the stack's own; each mint of the others is one, by Superset and signed there.
        using var exchanged = new Load(stack, session, chart, Way.Embed, people: 2, TimeSpan.FromMilliseconds(1200));
        using var made = new Load(stack, atHandshakes, chart, Way.Passed, people: 2, TimeSpan.FromMilliseconds(200));
        using var signed = new Load(stack, atSigning, chart, Way.Passed, people: 8, TimeSpan.FromMilliseconds(100));

        // Force: another test may have rotated one of them a moment ago.
        var output = await tool.SucceedAsync(["--force", .. secrets.Names]);
        Load[] loads = [exchanged, made, signed];
        foreach (var each in loads)
        {
            await each.EndAsync();
            Assert.True(each.Failures.IsEmpty, $"{each.Failures.Count} of {each.Requests} requests failed: {string.Join('\n', each.Failures.Take(5))}");
        }

        var told = string.Join(", ", loads.Select(each => $"{each.Requests} requests, {each.Rate:0.0} a second"));
        TestContext.Current.SendDiagnosticMessage("Rotated under {0}", told);
        Assert.True(loads.Sum(each => each.Rate) >= LeastRate, $"{told}: that is no load");

        Assert.True((await before.AskAsync(chart.Request())).IsOk, "a token from before is refused");
        Assert.Equal(HttpStatusCode.OK, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
        using var newcomer = await ProductSession.OpenAsync(stack, Newcomer, Cancellation);
        Assert.True((await new Guest(stack, await newcomer.TokenAsync(Dashboard, Cancellation)).AskAsync(chart.Request())).IsOk);
        Assert.All(secrets.AllValues(), value => Assert.DoesNotContain(value, output, StringComparison.Ordinal));
        foreach (var name in secrets.Names)
        {
            Assert.Equal(2, secrets.LinesOf(name).Take(2).Distinct().Count());
            Assert.Equal(name == "data-protection-key" ? 2 : 3, secrets.LinesOf(name).Length);
        }

        await AssertAuditedAsync(began);
    }

    [Theory]
    [InlineData("guest-token-secret", Way.Passed)]
    [InlineData("guest-token-secret", Way.Direct)]
    [InlineData("assertion-key", Way.Passed)]
    [InlineData("assertion-key", Way.Direct)]
    [InlineData("edge-token-key", Way.Embed)]
    public async Task TokenEndsWithTheSecondRotationThatNeedsForce(string name, Way way)
    {
        using var session = await ProductSession.OpenAsync(stack, Administrator, Cancellation);
        var supersets = await (await stack.DirectApiAsync()).MintAsync(session, Dashboard, Cancellation);
        var guest = new Guest(stack, await session.TokenAsync(Dashboard, Cancellation), () => Task.FromResult(supersets));

        await tool.SucceedAsync("--force", name);
        var after = await guest.AskAsync(chart.Request(), way);
        Assert.True(after.IsOk, $"a token from before one rotation is refused: {after}");

        var (exitCode, _, error) = await tool.RunAsync([name]);
        Assert.Equal(1, exitCode);
        Assert.Contains("--force", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        after = await guest.AskAsync(chart.Request(), way);
        Assert.True(after.IsOk, $"a rotation that was refused has ended a token: {after}");

        await tool.SucceedAsync("--force", name);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.AskAsync(chart.Request(), way)).Status);
        if (way != Way.Embed)
        {
            var answer = await guest.AskAsync(chart.Request());
            Assert.True(answer.IsOk, $"a rotation of Superset's secrets has ended a browser's token: {answer}");
        }
    }

    [Fact]
    public async Task RotationThatFailedHalfwayLosesNothingAndIsFinishedByTheNext()
    {
        const string Name = "api-client-secret";
        using var session = await ProductSession.OpenAsync(stack, Administrator, Cancellation);
        var since = secrets.ChangedAt(Name);

        var (exitCode, output, error) = await tool.RunAsync([Name], administrator: "not-the-password");

        Assert.Equal(1, exitCode);
        Assert.Matches(
            $@"^embedstack: the rotation of {Name} is half done, both values are accepted: Keycloak refused to sign its administrator in: \d+\. Next: \./embedstack rotate {Name}$",
            Assert.Single(error.TrimEnd().Split('\n')));
        var coming = secrets.LinesOf(Name)[1];
        Assert.DoesNotContain(coming, output + error, StringComparison.Ordinal);
        Assert.Equal(since, secrets.ChangedAt(Name), TimeSpan.FromSeconds(1));
        using (await ProductSession.OpenAsync(stack, Newcomer, Cancellation))
        {
            Assert.Contains("half rotated", await tool.SucceedAsync("list"), StringComparison.Ordinal);
        }

        Assert.Contains("finished", await tool.SucceedAsync(Name), StringComparison.Ordinal);
        Assert.Equal(coming, secrets.LinesOf(Name)[0]);
        Assert.Equal(HttpStatusCode.OK, (await session.MintAsync(new { dashboard_key = Dashboard }, Cancellation)).Status);
    }

    [Fact]
    public async Task CommandsShowTheRotatedOperatorsKey()
    {
        // Twice: after one, the value that the stack began with still counts.
        await tool.SucceedAsync("operator-key");
        await tool.SucceedAsync("operator-key");

        var result = await stack.Application.ResourceCommands.ExecuteCommandAsync(ResourceNames.Api, "warm-up", Cancellation);

        Assert.True(result.Success, result.Message);
        Assert.NotEqual(await stack.ParameterAsync("operator-key"), secrets.LinesOf("operator-key")[0]);
    }

    // Keycloak knows one value of a machine's secret, and nobody here holds it.
    [Fact]
    public async Task MachineSignsInWithItsNewSecretAndWithTheFormerNoMore()
    {
        const string Name = "northside-integration-client-secret";
        var former = secrets.LinesOf(Name)[0];
        Assert.Equal(HttpStatusCode.OK, await SignInMachineAsync(former));

        await tool.SucceedAsync(Name);

        Assert.NotEqual(former, secrets.LinesOf(Name)[0]);
        Assert.Equal(HttpStatusCode.OK, await SignInMachineAsync(secrets.LinesOf(Name)[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInMachineAsync(former));
        var listed = await tool.SucceedAsync("list");
        Assert.Matches($@"{Name} +0 min", listed);
    }

    [Fact]
    public async Task SecondRotationAtTheSameTimeIsRefused()
    {
        await tool.SucceedAsync("tenants-client-secret");
        var before = secrets.LinesOf("tenants-client-secret");
        using var other = new FileStream(secrets.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        var (exitCode, _, error) = await tool.RunAsync(["tenants-client-secret"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("another rotation is under way", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(before, secrets.LinesOf("tenants-client-secret"));
    }

    [Fact]
    public async Task NameOrStackThatIsNotThereIsOneLine()
    {
        var unknown = await tool.RunAsync(["nonsense"]);
        var away = await tool.RunAsync(["assertion-key"], statusFile: "/nonexistent/status");

        Assert.Equal((1, 1), (unknown.ExitCode, away.ExitCode));
        Assert.Equal("embedstack: there is no secret 'nonsense' to rotate. Next: ./embedstack rotate --help", unknown.Error.TrimEnd());
        Assert.Equal("embedstack: EmbedStack is not up: no stack runs. Next: ./embedstack up", away.Error.TrimEnd());
    }

    private async Task AssertAuditedAsync(DateTime since)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (await AuditedAsync(since) is var found && found != secrets.Names.Count)
        {
            Assert.True(DateTime.UtcNow < deadline, $"The audit has rotations of {found} secrets, not {secrets.Names.Count}.");
            await Task.Delay(500, Cancellation);
        }
    }

    private async Task<HttpStatusCode> SignInMachineAsync(string secret)
    {
        using var keycloak = new HttpClient { BaseAddress = stack.Keycloak, Timeout = TimeSpan.FromSeconds(30) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "northside-integration", ["client_secret"] = secret,
        });
        using var answer = await keycloak.PostAsync("realms/embedstack/protocol/openid-connect/token", form, Cancellation);
        return answer.StatusCode;
    }

    private static Dictionary<string, string> Unlimited(string issuer) => new()
    {
        ["GuestTokens__Issuer"] = issuer, ["GuestTokens__Reuse"] = "false", ["Edge__Tokens"] = "direct",
        ["RateLimits__PersonBurst"] = NoLimit, ["RateLimits__PersonPerSecond"] = NoLimit,
        ["RateLimits__TenantBurst"] = NoLimit, ["RateLimits__TenantPerSecond"] = NoLimit,
    };

    private Task<long> AuditedAsync(DateTime since) => Superuser.ScalarAsync<long>(
        stack, "embedstack-db", "select count(*) from audit.events where kind = 'rotation' and at >= $1", since);
}
