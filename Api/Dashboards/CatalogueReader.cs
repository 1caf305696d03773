using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards;

/// <summary>Puts the catalogue together: the file, the installation's ids that the bootstrap published, the entitlements.</summary>
internal sealed class CatalogueReader(IConfiguration configuration)
{
    private const string EnabledEntitlements = """
        select dashboard_key, role, tenant, conditions::text
        from shared.entitlements join shared.dashboards on key = dashboard_key
        where enabled
        """;

    public async Task<Catalogue> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var published = await connection.QueryAsync(
            "select key, uuid, datasets, id from shared.catalog_ids where kind = 'dashboard'", [],
            row => (Key: row.GetString(0), Uuid: row.GetGuid(1), Datasets: row.IsDBNull(2) ? [] : row.GetFieldValue<string[]>(2), Id: row.GetInt32(3)),
            cancellationToken);
        var datasets = await connection.QueryAsync(
            "select key, id from shared.catalog_ids where kind = 'dataset'", [],
            row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)), cancellationToken);
        var entitlements = await connection.QueryAsync(EnabledEntitlements, [], ReadEntitlement, cancellationToken);

        var file = CatalogueFile.Read(configuration.GetRequired<string>("Catalog:File"));

        // A dashboard exists once both name it, with what either knows of its datasets: too many rules do no harm.
        var dashboards = file.Dashboards.Join(
            published,
            entry => (entry.Key, entry.Uuid),
            row => (row.Key, row.Uuid),
            (entry, row) => entry with { Id = row.Id, Datasets = [.. entry.Datasets.Union(row.Datasets).Order(StringComparer.Ordinal)] });
        return new Catalogue(
            [.. dashboards], new Dictionary<string, int>(datasets, StringComparer.Ordinal), entitlements, file.Rules);
    }

    public static Entitlement ReadEntitlement(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), EntitlementConditions.Read(row.GetString(3)));
}
