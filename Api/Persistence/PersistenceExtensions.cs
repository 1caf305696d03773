using EmbedStack.Api.Http;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;

namespace EmbedStack.Api.Persistence;

internal static class PersistenceExtensions
{
    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        services.AddSingleton(provider => CreateDatabase(provider.GetRequiredService<IConfiguration>()));
        services.AddHostedService<DatabaseMigration>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddDataProtection().SetApplicationName("embedstack-api");
        services.AddOptions<KeyManagementOptions>()
            .Configure<NpgsqlDataSource>((options, database) => options.XmlRepository = new DataProtectionKeys(database));
        return services;
    }

    private static NpgsqlDataSource CreateDatabase(IConfiguration configuration)
    {
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetRequired<string>("ConnectionStrings:embedstack-db"))
        {
            ApplicationName = "embedstack-api",
            Timeout = 3,
            CommandTimeout = 5,
            CancellationTimeout = 500,
            KeepAlive = 10,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
