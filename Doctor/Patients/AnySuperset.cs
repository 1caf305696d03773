using System.Text.Json.Nodes;

namespace EmbedStack.Doctor.Patients;

/// <summary>Any Superset, by its API, as somebody who reads: one login, and GETs.</summary>
internal sealed class AnySuperset : Patient
{
    private const int MostDashboards = 50;
    private readonly string _userName;
    private readonly string _password;

    public AnySuperset(Uri address, string userName, string password, HttpClient http)
    {
        (_userName, _password) = (userName, password);
        // An address without a slash at its end would lose the last part of its path.
        Superset = new Peer("Superset", new Uri($"{address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/"), http);
    }

    public override string Name => $"Superset at {Superset.Address}";

    public override Peer Superset { get; }

    public override Peer Browsers => Superset;

    public override IEnumerable<string> Secrets => [_password];

    protected override (string UserName, IReadOnlyList<string> Passwords) Account => (_userName, [_password]);

    public override string RefererOf(EmbeddedDashboard dashboard) =>
        dashboard.AllowedDomains is [var domain, ..] ? $"{domain.TrimEnd('/')}/" : Superset.Address.ToString();

    protected override async Task<IReadOnlyList<EmbeddedDashboard>> ReadDashboardsAsync()
    {
        var listed = await ReadAsync($"dashboard/?q=(columns:!(id,dashboard_title),page_size:{MostDashboards})");
        List<EmbeddedDashboard> embedded = [];
        foreach (var dashboard in listed?.AsArray() ?? [])
        {
            var id = (int)dashboard!["id"]!;
            var answer = await AskAsync($"dashboard/{id}/embedded");
            if (answer.Status == 200 && answer.Json?["result"] is { } embedding)
            {
                embedded.Add(new(
                    (string?)dashboard["dashboard_title"] ?? $"dashboard {id}",
                    Guid.TryParse((string?)embedding["uuid"], out var uuid) ? uuid : null,
                    [.. (embedding["allowed_domains"]?.AsArray() ?? []).Select(domain => (string)domain!)],
                    await ChartsAsync(id),
                    [.. (await ReadAsync($"dashboard/{id}/datasets"))?.AsArray().Where(IsVirtual).Select(NameOf) ?? []]));
            }
        }

        return embedded;
    }

    private async Task<IReadOnlyList<EmbeddedChart>> ChartsAsync(int dashboard)
    {
        List<EmbeddedChart> charts = [];
        foreach (var listed in (await ReadAsync($"dashboard/{dashboard}/charts"))?.AsArray() ?? [])
        {
            if ((int?)listed!["id"] is { } id && await ReadAsync($"chart/{id}") is { } chart)
            {
                charts.Add(new(id, (string?)chart["slice_name"] ?? $"chart {id}", (string?)chart["query_context"]));
            }
        }

        return charts;
    }

    private static bool IsVirtual(JsonNode? dataset) => (string?)dataset!["sql"] is { Length: > 0 };

    private static string NameOf(JsonNode? dataset) => (string?)dataset!["table_name"] ?? $"dataset {dataset["id"]}";

    private async Task<JsonNode?> ReadAsync(string path) => (await AskAsync(path)).Expect(200).Json?["result"];

    private async Task<Reply> AskAsync(string path) => await Superset.GetAsync($"api/v1/{path}", Bearer(await AccessTokenAsync()));
}
