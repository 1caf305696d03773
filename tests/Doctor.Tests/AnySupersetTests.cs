using System.Text.Json.Nodes;
using EmbedStack.Doctor.Checks;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Tests.Peers;

namespace EmbedStack.Doctor.Tests;

/// <summary>A Superset of anybody's, by its API.</summary>
public sealed class AnySupersetTests
{
    private const string Host = "bi.test";
    private const string HostPage = "https://host.test";
    private static readonly Guid Embedded = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private static readonly string[][] Grants = [["can_grant_guest_token", "SecurityRestApi"]];

    private readonly FakePeers _peers = new FakePeers().HasHandshake(Host);
    private readonly JsonObject _common = FakeSuperset.Bootstrap();
    private string[] _domains = [HostPage];
    private string? _query = """{"queries":[]}""";

    public AnySupersetTests() => _peers
        .On($"GET {Host}/api/v1/me/roles/", request => Signed(request, new
        {
            result = new { roles = new { Admin = Grants } },
        }))
        .On($"GET {Host}/api/v1/dashboard/", request => Signed(request, new { result = new[] { new { id = 3, dashboard_title = "Sales" } } }))
        .On($"GET {Host}/api/v1/dashboard/3/embedded", request => Signed(request, new { result = new { uuid = Embedded, allowed_domains = _domains } }))
        .On($"GET {Host}/api/v1/dashboard/3/charts", request => Signed(request, new { result = new[] { new { id = 9 } } }))
        .On($"GET {Host}/api/v1/dashboard/3/datasets", request => Signed(request, new { result = new[] { new { id = 1, table_name = "orders", sql = "" } } }))
        .On($"GET {Host}/api/v1/chart/9", request => Signed(request, new { result = new { slice_name = "Orders", query_context = _query } }))
        .On($"GET {Host}/embedded/{Embedded}", request => _domains.Length == 0 || request.Headers.Referrer?.Host == "host.test"
            ? FakeSuperset.Page(_common, HostPage)
            : FakePeers.Answer(403));

    [Fact]
    public async Task HealthyOneHasNothing()
    {
        var examined = await ExamineAsync();

        Assert.All(examined, entry => Assert.True(entry.Verdict.Finding is Finding.Ok or Finding.NotApplicable, $"{entry.Check.Slug}: {entry.Verdict}"));
        Assert.Equal(ExitCode.Healthy, ExitCode.Of(examined));
    }

    [Fact]
    public async Task NothingIsSentButALoginAndReads()
    {
        await ExamineAsync();

        Assert.Equal([$"POST {Host}/api/v1/security/login"], _peers.Asked.Where(asked => !asked.StartsWith("GET ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WrongPasswordIsNamed()
    {
        _peers.On($"POST {Host}/api/v1/security/login", 401);

        Assert.Equal(["service-account-login"], await FoundAsync());
    }

    [Fact]
    public async Task ChartWithoutAStoredQueryIsNamed()
    {
        _query = null;

        Assert.Equal(["chart-without-query"], await FoundAsync());
    }

    [Fact]
    public async Task PageForEverybodyIsNamed()
    {
        _domains = [];

        Assert.Equal(["page-refused"], await FoundAsync());
    }

    [Fact]
    public async Task AsynchronousQueriesAreNamed()
    {
        _common["feature_flags"]!["GLOBAL_ASYNC_QUERIES"] = true;

        Assert.Equal(["async-queries"], await FoundAsync());
    }

    [Fact]
    public async Task AccountThatMayNotMintIsNamed()
    {
        _peers.On($"GET {Host}/api/v1/me/roles/", request => Signed(request, new { result = new { roles = new { Gamma = Array.Empty<string[]>() } } }));

        Assert.Equal(["service-account"], await FoundAsync());
    }

    [Fact]
    public async Task OneThatIsNotThereIsNotExamined()
    {
        _peers.TakeAway(Host);

        Assert.Equal(ExitCode.NotExamined, ExitCode.Of(await ExamineAsync()));
    }

    // As with Superset itself, nobody is somebody without a token.
    private static HttpResponseMessage Signed(HttpRequestMessage request, object body) =>
        request.Headers.Authorization is null ? FakePeers.Answer(401) : FakePeers.Answer(200, body);

    private Task<IReadOnlyList<Examined>> ExamineAsync() => Examination.OfAsync(
        new AnySuperset(new Uri($"http://{Host}"), "reader", "password", PeerClient.Create(_peers)), TestContext.Current.CancellationToken);

    private async Task<IEnumerable<string>> FoundAsync() =>
        (await ExamineAsync()).Where(entry => entry.Verdict.Finding == Finding.Found).Select(entry => entry.Check.Slug);
}
