using Npgsql;

namespace EmbedStack.Api.Persistence;

/// <summary>
/// Brings schema <c>api</c> up to date before anything else starts. Instances that start together take turns.
/// </summary>
internal sealed partial class DatabaseMigration(NpgsqlDataSource database, ILogger<DatabaseMigration> logger) : IHostedLifecycleService
{
    private const long Turn = 0x456D62656453; // any number that is ours
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        while (await connection.QueryAsync("select pg_try_advisory_xact_lock($1)", [Turn], row => row.GetBoolean(0), cancellationToken) is [false])
        {
            await Task.Delay(Pause, cancellationToken);
        }

        await connection.ExecuteAsync(
            "create table if not exists api.migrations (name text primary key, applied_at timestamptz not null default now())",
            [], cancellationToken);
        var applied = await connection.QueryAsync("select name from api.migrations", [], row => row.GetString(0), cancellationToken);
        foreach (var migration in Migration.All.ExceptBy(applied, step => step.Name))
        {
            await connection.ExecuteAsync(migration.Sql, [], cancellationToken);
            await connection.ExecuteAsync("insert into api.migrations (name) values ($1)", [migration.Name], cancellationToken);
            LogApplied(migration.Name);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Applied migration {Name}")]
    private partial void LogApplied(string name);
}
