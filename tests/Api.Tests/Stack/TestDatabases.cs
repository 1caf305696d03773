using EmbedStack.Api.Tests.Stack;
using EmbedStack.Tests.Postgres;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestDatabases))]

namespace EmbedStack.Api.Tests.Stack;

/// <summary>A Postgres with the roles that the Api meets, and a database of its own for who asks.</summary>
public sealed class TestDatabases : IAsyncLifetime
{
    private readonly PostgresServer _server = new("trust");
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync();
        await ExecuteAsync("create role api login; create role superset_shared login; create role audit_maintenance login; create role clinic_loader login");
    }

    /// <summary>Makes a database with schemas <c>shared</c>, <c>api</c> and <c>audit</c>.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"embedstack_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name}");
        var database = new TestDatabase(ConnectionString(name, "api"), ConnectionString(name, PostgresServer.Superuser));
        await database.ExecuteAsync(TestDatabase.ReadSchema("embedstack.sql"));
        await database.ExecuteAsync(TestDatabase.ReadSchema("audit.sql"));
        return database;
    }

    public Task KillAsync() => _server.KillAsync();

    public Task StartAgainAsync() => _server.StartAgainAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres", PostgresServer.Superuser));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionString(string database, string role) =>
        $"Host=127.0.0.1;Port={_server.Port};Database={database};Username={role};Pooling={role != PostgresServer.Superuser}";
}
