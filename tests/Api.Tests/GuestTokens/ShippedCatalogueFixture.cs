using EmbedStack.Api.Dashboards;
using EmbedStack.Api.Tests.Stack;

namespace EmbedStack.Api.Tests.GuestTokens;

/// <summary>The Api with the catalogue as it is shipped, published as the bootstrap does.</summary>
public sealed class ShippedCatalogueFixture(TestDatabases postgres) : ApiFixture(postgres)
{
    public static readonly string File = Path.Combine(AppContext.BaseDirectory, "catalog.yaml");

    private static readonly IReadOnlyList<Dashboard> Dashboards = CatalogueFile.Read(File).Dashboards;

    public static IEnumerable<string> Keys => Dashboards.Select(dashboard => dashboard.Key);

    public static IReadOnlyList<string> DatasetsOf(string key) => Dashboards.Single(dashboard => dashboard.Key == key).Datasets;

    protected override string CatalogueText => System.IO.File.ReadAllText(File);

    protected override Guid ProbedEmbed => Dashboards[0].EmbeddedUuid;

    /// <summary>What a rule's number stands for.</summary>
    public async Task<string> DatasetAsync(int id) =>
        (string)Assert.Single(await Database.QueryAsync("select key from shared.catalog_ids where kind = 'dataset' and id = $1", id))["key"]!;

    protected override async Task PublishAsync()
    {
        const string Insert = "insert into shared.catalog_ids (kind, key, uuid, id, datasets) values ($1, $2, $3, $4, $5)";
        var number = 0;
        foreach (var dashboard in Dashboards)
        {
            await Database.ExecuteAsync(Insert, "dashboard", dashboard.Key, dashboard.Uuid, ++number, dashboard.Datasets.ToArray());
        }

        foreach (var dataset in Dashboards.SelectMany(dashboard => dashboard.Datasets).Distinct())
        {
            await Database.ExecuteAsync(Insert, "dataset", dataset, Guid.NewGuid(), ++number, Array.Empty<string>());
        }
    }
}
