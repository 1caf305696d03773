using System.Diagnostics;
using EmbedStack.Api.Tests.Stack;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace EmbedStack.Api.Tests.Stack;

/// <summary>A Postgres of the tests' own, on a free port, in a folder that goes away with it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Superuser = "postgres";
    private readonly string _directory = Directory.CreateTempSubdirectory("embedstack-api-tests-").FullName;
    private readonly int _port = FreePorts.Take(1)[0];
    private Process? _server;
    private int _databases;

    public async ValueTask InitializeAsync()
    {
        var data = Path.Combine(_directory, "data");
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", Superuser, _directory);
        }

        await RunAsync(Tool("initdb"), "--pgdata", data, "--username", Superuser, "--auth", "trust", "--no-sync", "--encoding", "UTF8");
        _server = Start(Tool("postgres"), "-D", data, "-p", $"{_port}", "-k", _directory, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off");
        await WaitAsync();
        await ExecuteAsync(Superuser, "create role api login; create role superset_shared login; create role audit_maintenance login");
    }

    /// <summary>Makes a database with schemas <c>shared</c> and <c>api</c>.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"embedstack_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync(Superuser, $"create database {name}");
        var database = new TestDatabase(ConnectionString(name, "api"), ConnectionString(name, Superuser));
        await database.ExecuteAsync(TestDatabase.ReadSchema());
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            // A fast shutdown: clients are not waited for. Under setpriv the id is the server's own.
            await RunAsync("kill", "-INT", $"{_server.Id}");
            await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        _server?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task WaitAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await ExecuteAsync(Superuser, "select 1");
                return;
            }
            catch (NpgsqlException) when (attempt < 100 && !_server!.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database, Superuser));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionString(string database, string role) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={role};Pooling={role != Superuser}";

    private static string Tool(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", name)).Last(File.Exists)
            : name;

    // Postgres refuses to run as root.
    private static Process Start(string file, params string[] arguments)
    {
        string[] command = Environment.UserName == "root" && file != "chown" && file != "kill"
            ? ["setpriv", "--reuid", Superuser, "--regid", Superuser, "--init-groups", file, .. arguments]
            : [file, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Start(file, arguments);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(process.ExitCode == 0, $"{file} ended with {process.ExitCode}");
    }
}
