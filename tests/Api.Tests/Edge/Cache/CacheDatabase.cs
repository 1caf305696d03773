using EmbedStack.Api.Edge.Cache;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Tests.Stack;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EmbedStack.Api.Tests.Edge.Cache;

/// <summary>A database as the Api makes it, without an Api. One a test class.</summary>
public sealed class CacheDatabase(TestDatabases postgres) : IAsyncLifetime
{
    internal static readonly EdgeCacheSettings Settings =
        new(4 << 20, 1 << 20, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 60, TimeZoneInfo.Utc);

    public TestDatabase Database { get; private set; } = null!;

    internal NpgsqlDataSource Source { get; private set; } = null!;

    internal ListenerDatabase Listener { get; private set; } = null!;

    /// <summary>The keys that instances share.</summary>
    internal IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    internal ChannelFollower Follower => new(Listener, NullLogger<ChannelFollower>.Instance);

    public async ValueTask InitializeAsync()
    {
        Database = await postgres.CreateDatabaseAsync();
        Source = NpgsqlDataSource.Create(Database.ApiConnectionString);
        Listener = new ListenerDatabase(NpgsqlDataSource.Create(Database.ApiConnectionString + ";Application Name=" + ListenerDatabase.ApplicationName));
        await new DatabaseMigration(Source, NullLogger<DatabaseMigration>.Instance).StartingAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        await Source.DisposeAsync();
    }
}
