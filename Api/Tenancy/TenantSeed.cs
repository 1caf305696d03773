using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;
using Npgsql;

namespace EmbedStack.Api.Tenancy;

/// <summary>Adds the file's tenants that have no record yet; records that exist are never touched.</summary>
internal sealed class TenantSeed(NpgsqlDataSource database, IConfiguration configuration) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in TenantFile.Read(configuration.GetRequired<string>("Tenants:File")))
        {
            await database.ExecuteAsync(
                "insert into api.tenants (key, name, kind, isolation) values ($1, $2, lower($3), lower($4)) on conflict do nothing",
                [tenant.Key, tenant.Name, tenant.Kind.ToString(), tenant.Isolation.ToString()],
                cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
