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
        services.AddSingleton(provider => CreateListener(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ChannelFollower>();
        services.AddHostedService<DatabaseMigration>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddDataProtection().SetApplicationName("embedstack-api");
        services.AddOptions<KeyManagementOptions>()
            .Configure<NpgsqlDataSource>((options, database) => options.XmlRepository = new DataProtectionKeys(database));
        return services;
    }

    private static NpgsqlDataSource CreateDatabase(IConfiguration configuration) => NpgsqlDataSource.Create(Settings(configuration));

    private static ListenerDatabase CreateListener(IConfiguration configuration)
    {
        var settings = Settings(configuration);
        (settings.ApplicationName, settings.Pooling, settings.CommandTimeout, settings.KeepAlive) = (ListenerDatabase.ApplicationName, false, 3, 1);
        return new ListenerDatabase(NpgsqlDataSource.Create(settings));
    }

    private static NpgsqlConnectionStringBuilder Settings(IConfiguration configuration) =>
        new(configuration.GetRequired<string>("ConnectionStrings:embedstack-db"))
        {
            ApplicationName = "embedstack-api",
            Timeout = 3,
            CommandTimeout = 5,
            CancellationTimeout = 500,
            KeepAlive = 10,
        };
}
