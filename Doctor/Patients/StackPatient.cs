using EmbedStack.Doctor.Patients.Contents;

namespace EmbedStack.Doctor.Patients;

/// <summary>A stack of EmbedStack, examined from all sides.</summary>
internal sealed class StackPatient : Patient
{
    /// <summary>The Api's account in Superset.</summary>
    public const string ServiceAccount = "embedstack-api";

    private readonly StackFacts _facts;
    private readonly Once<SupersetContents> _contents;

    public StackPatient(StackFacts facts, ISupersetContents contents, HttpClient http)
    {
        _facts = facts;
        _contents = new(contents.ReadAsync);
        Superset = new Peer("Superset", facts.Superset, http, ("X-Superset-Ingress", facts.SupersetIngress));
        Embed = new Peer("embed origin", facts.Embed, http);
        Keycloak = new Peer("Keycloak", facts.Keycloak, http);
        // The Api answers to the name that browsers know it by, wherever that is served.
        Api = new Peer("Api", facts.Api, http, ("Host", facts.App.Authority));
        Guests = new Guests(this, facts.MachineSecrets);
    }

    public override string Name => $"EmbedStack at {_facts.App}";

    public override Peer Superset { get; }

    public override Peer Browsers => Embed;

    public Peer Embed { get; }

    public Peer Api { get; }

    public Peer Keycloak { get; }

    public StackFacts Facts => _facts;

    public Guests Guests { get; }

    /// <summary>What stands in Superset's own database.</summary>
    public Task<SupersetContents> Contents => _contents.Value;

    public string Origin => _facts.App.GetLeftPart(UriPartial.Authority);

    public override IEnumerable<string> Secrets => [_facts.SupersetIngress, .. _facts.ServicePasswords, .. _facts.MachineSecrets];

    protected override (string UserName, IReadOnlyList<string> Passwords) Account => (ServiceAccount, _facts.ServicePasswords);

    public override string RefererOf(EmbeddedDashboard dashboard) => $"{Origin}/";

    // What should be embedded is for the catalogue to say; by what, for Superset.
    protected override async Task<IReadOnlyList<EmbeddedDashboard>> ReadDashboardsAsync()
    {
        var contents = await Contents;
        return [.. _facts.Catalogue.Select(entry => Of(entry, contents))];
    }

    private static EmbeddedDashboard Of(CatalogueEntry entry, SupersetContents contents)
    {
        var stored = contents.Dashboards.FirstOrDefault(dashboard => dashboard.Uuid == entry.Uuid && dashboard.EmbeddedId == entry.EmbeddedId);
        var charts = contents.Charts.Where(chart => contents.Dashboards.Any(dashboard => dashboard.Uuid == entry.Uuid && dashboard.Id == chart.DashboardId)).ToArray();
        var datasets = charts.Select(chart => chart.DatasetId).ToHashSet();
        return new EmbeddedDashboard(
            entry.Key,
            stored?.EmbeddedId,
            (stored?.AllowedDomains ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            [.. charts.Select(chart => new EmbeddedChart(chart.Id, chart.Name, chart.QueryContext))],
            [.. contents.Datasets.Where(dataset => dataset.IsVirtual && datasets.Contains(dataset.Id)).Select(dataset => dataset.Name)]);
    }
}
