using System.Data.Common;
using EmbedStack.Api.Audit.Reading;
using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence.KeyRing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;

namespace EmbedStack.Api.Persistence;

internal static class PersistenceExtensions
{
    private const string ReadOnly = "-c default_transaction_read_only=on";

    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        services.AddSingleton(provider => CreateDatabase(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => CreateListener(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => CreateReaders(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(provider => CreateVerifier(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<ChannelFollower>();
        services.AddHostedService<DatabaseMigration>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddDataProtection().SetApplicationName("embedstack-api");
        services.AddSingleton(provider => KeyRingSecret.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<KeyRingRenewal>().AddHostedService(provider => provider.GetRequiredService<KeyRingRenewal>());
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource, KeyRingSecret>((options, database, secret) =>
            (options.XmlRepository, options.XmlEncryptor) = (new DataProtectionKeys(database), new KeyEncryptor(secret)));
        return services;
    }

    private static NpgsqlDataSource CreateDatabase(IConfiguration configuration) => NpgsqlDataSource.Create(Settings(configuration));

    private static ListenerDatabase CreateListener(IConfiguration configuration)
    {
        var settings = Settings(configuration);
        (settings.ApplicationName, settings.Pooling, settings.CommandTimeout, settings.KeepAlive) = (ListenerDatabase.ApplicationName, false, 3, 1);
        return new ListenerDatabase(NpgsqlDataSource.Create(settings));
    }

    private static ReadersDatabase CreateReaders(IConfiguration configuration)
    {
        var settings = Settings(configuration);
        (settings.ApplicationName, settings.MaxPoolSize, settings.CommandTimeout) = (ReadersDatabase.ApplicationName, AuditReaders.Connections, 10);
        settings.Options = ReadOnly;
        return new ReadersDatabase(NpgsqlDataSource.Create(settings));
    }

    private static VerifierDatabase CreateVerifier(IConfiguration configuration)
    {
        var settings = Settings(configuration);
        (settings.ApplicationName, settings.MaxPoolSize, settings.CommandTimeout) = (VerifierDatabase.ApplicationName, 1, VerifierDatabase.Patience);
        settings.Options = ReadOnly;
        return new VerifierDatabase(NpgsqlDataSource.Create(settings));
    }

    // Callers beyond so many wait here, for milliseconds: each connection is a process of Postgres, and a hundred that
    // share a few cores are slower than a few, or more than the server takes.
    private static NpgsqlConnectionStringBuilder Settings(IConfiguration configuration)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = configuration.GetRequired<string>("ConnectionStrings:embedstack-db") };
        var settings = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            ApplicationName = "embedstack-api",
            Timeout = 3,
            CancellationTimeout = 500,
            KeepAlive = 10,
            MaxPoolSize = 32,
        };
        settings.CommandTimeout = given.ContainsKey("Command Timeout") ? settings.CommandTimeout : 5;
        return settings;
    }
}
