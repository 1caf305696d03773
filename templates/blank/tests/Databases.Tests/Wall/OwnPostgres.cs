using EmbedStack.CustomerData.Stores;
using EmbedStack.Tests.Postgres;
using Npgsql;

namespace EmbedStack.Databases.Tests.Wall;

/// <summary>A server as a team has one: its own tables, its own owner, and nothing of this product but what <c>walls.sql</c> makes.</summary>
public sealed class OwnPostgres : IAsyncLifetime
{
    private const string Password = "readers-have-passwords-of-their-own";

    private readonly PostgresServer _server = new("scram-sha-256");

    public static string Walls => SqlFiles.Read("walls.sql");

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Begins anew: no readers, no owner, and a database with rows of two tenants.</summary>
    public async Task ResetAsync()
    {
        await ExecuteAsync("drop database if exists shop with (force)", "postgres");
        await ExecuteAsync(
            $"""
            drop role if exists customer_reader, customer_author, shop_owner, "shop-owner";
            create role shop_owner login createrole password '{Password}';
            """,
            "postgres");
        await ExecuteAsync("create database shop owner shop_owner", "postgres");
        await ExecuteAsync(
            """
            set role shop_owner;
            create schema sales;
            create table orders (tenant_id text, ordered_on date, region text, amount numeric);
            insert into orders values ('northside', '2026-03-01', 'Coast', 10), ('harbour', '2026-03-01', 'Hills', 20);
            """);
    }

    /// <summary>Runs the script as the superuser, or as the tables' owner, and gives the readers a password.</summary>
    public async Task RunWallsAsync(string login = PostgresServer.Superuser, string? walls = null)
    {
        await ExecuteAsync(walls ?? Walls, login: login);
        await ExecuteAsync($"alter role customer_reader password '{Password}'; alter role customer_author password '{Password}'");
    }

    public async Task ExecuteAsync(string sql, string database = "shop", string login = PostgresServer.Superuser)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(login, database));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    public async Task<T> ScalarAsync<T>(string sql, string login = PostgresServer.Superuser, string? claims = null)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(login, options: claims));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.ScalarAsync<T>(sql);
    }

    public string ConnectionString(string login, string database = "shop", string? options = null) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _server.Port,
        Database = database,
        Username = login,
        Password = login == PostgresServer.Superuser ? _server.Password : Password,
        Pooling = false,
        Options = options,
    }.ConnectionString;
}
