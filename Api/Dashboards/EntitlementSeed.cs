using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Dashboards;

/// <summary>Gives each new key of the catalogue the roles that its file names, once. A file that is wrong stops the start.</summary>
internal sealed class EntitlementSeed(NpgsqlDataSource database, IConfiguration configuration) : IHostedService
{
    private const string Seed = """
        with added as (insert into shared.dashboards (key) values ($1) on conflict do nothing returning key)
        insert into shared.entitlements (dashboard_key, role) select key, unnest($2::text[]) from added
        """;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var dashboard in CatalogueFile.Read(configuration.GetRequired<string>("Catalog:File")).Dashboards)
        {
            await database.ExecuteAsync(Seed, [dashboard.Key, dashboard.FirstRoles.ToArray()], cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
