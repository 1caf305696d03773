using System.Text.Json.Nodes;
using EmbedStack.Doctor.Checks.Guests;
using EmbedStack.Doctor.Patients;
using EmbedStack.Doctor.Patients.Contents;

namespace EmbedStack.Doctor.Tests.Peers;

/// <summary>A stack in which nothing is wrong, until a test makes it so.</summary>
internal sealed class FakeStack : ISupersetContents
{
    public const string Secret = "the-ingress-secret-of-this-test";

    public static readonly Guid Dashboard = Guid.Parse("f6cd15a8-f0ee-56fd-b978-eca3e5e2affe");
    public static readonly Guid Embedded = Guid.Parse("a28259af-d7e3-5cf0-9755-add705ea8a69");
    private static readonly Guid Dataset = Guid.Parse("42f6b23d-e64e-5483-90f1-53b6840bd6db");
    private static readonly string[] Parts = ["postgres", "keycloak", "superset", "redis", "api", "renderer"];
    private const string App = "http://app.test";

    public FakeStack()
    {
        Peers.HasHandshake("superset.test")
            .On($"GET superset.test/embedded/{Embedded}", request => Referer(request) == "app.test" ? Page() : FakePeers.Answer(403))
            .On($"GET embed.test/embedded/{Embedded}", _ => Page())
            .On("GET embed.test/superset/language_pack/de/", 200, new { domain = "superset" })
            .On("POST keycloak.test/realms/embedstack/protocol/openid-connect/token", 200, new { access_token = "machine" })
            .On("GET api.test/api/dashboards", 200, new { dashboards = new[] { new { key = "appointments" } } })
            .On("POST api.test/api/superset/guest-token", 200, Minted(TimeSpan.FromMinutes(5)))
            .On("GET embed.test/api/v1/me/roles/", request => FakePeers.Answer(request.Headers.GetValues("X-GuestToken").Single() == "guest" ? 200 : 401))
            .On("GET embed.test/api/v1/dashboard/4/datasets", 200, new { result = Array.Empty<object>() })
            .On("POST embed.test/api/v1/chart/data", 200, new { result = Array.Empty<object>() });
    }

    public FakePeers Peers { get; } = new();

    public JsonObject Common { get; } = FakeSuperset.Bootstrap();

    public string FrameAncestors { get; set; } = App;

    public StackFacts Facts { get; set; } = new()
    {
        App = new Uri($"{App}/"),
        Authors = new Uri("http://authors.test/"),
        Api = new Uri("http://api.test/"),
        Embed = new Uri("http://embed.test/"),
        Keycloak = new Uri("http://keycloak.test/"),
        Superset = new Uri("http://superset.test/"),
        SupersetIngress = Secret,
        ServicePasswords = ["service-password-of-this-test"],
        MachineSecrets = ["machine-secret-of-this-test"],
        Parts = [.. Parts.Select(name => new PartState(name, "Running", "Healthy"))],
        Catalogue = [new CatalogueEntry("appointments", Dashboard, Embedded, ["appointments"])],
    };

    public SupersetContents Contents { get; set; } = new(
        [new StoredDashboard(4, Dashboard, Embedded, App, """{"native_filter_configuration":[{"targets":[{"datasetId":7}]}]}""")],
        [new StoredChart(11, 4, 7, "Visits", """{"datasource":{"id":7,"type":"table"},"queries":[{}],"form_data":{}}""")],
        [new StoredDataset(7, Dataset, "appointments", IsVirtual: false)],
        new Dictionary<string, IReadOnlySet<string>>(GuestPermissions.ByRole)
        {
            ["EmbedServiceAccount"] = new HashSet<string> { "can_read on SecurityRestApi", "can_grant_guest_token on SecurityRestApi" },
        },
        new HashSet<string> { "EmbedServiceAccount" },
        [new PublishedId("dashboard", "appointments", Dashboard, 4, ["appointments"]), new PublishedId("dataset", "appointments", Dataset, 7, [])]);

    public bool IsDatabaseAway { get; set; }

    public static object Minted(TimeSpan life, string token = "guest") => new { token, expires_at = DateTimeOffset.UtcNow + life };

    public HttpResponseMessage Page() => FakeSuperset.Page(Common, FrameAncestors);

    /// <summary>Sets the state of a part.</summary>
    public void Stop(string part) => Facts = Facts with
    {
        Parts = [.. Facts.Parts.Select(state => state.Name == part ? new PartState(part, "Exited", "Unhealthy") : state)],
    };

    /// <summary>Changes a role's permissions.</summary>
    public void Change(string role, Action<HashSet<string>> change)
    {
        var roles = Contents.Roles.ToDictionary();
        var permissions = roles[role].ToHashSet();
        change(permissions);
        roles[role] = permissions;
        Contents = Contents with { Roles = roles };
    }

    public StackPatient Patient() => new(Facts, this, PeerClient.Create(Peers));

    public async Task<IReadOnlyList<Examined>> ExamineAsync() => await Examination.OfAsync(Patient(), TestContext.Current.CancellationToken);

    public Task<SupersetContents> ReadAsync() =>
        IsDatabaseAway ? throw new Checks.NotExaminedException("Postgres does not let the doctor read Superset's database (no answer)") : Task.FromResult(Contents);

    private static string? Referer(HttpRequestMessage request) => request.Headers.Referrer?.Host;
}
