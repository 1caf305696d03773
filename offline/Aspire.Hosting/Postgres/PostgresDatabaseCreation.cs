using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Creates the databases of a server that is ready.</summary>
internal sealed partial class PostgresDatabaseCreation(PostgresServerResource server, IEnumerable<IResource> model)
{
    internal async Task RunAsync(string connectionString, ILogger logger, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var database in model.OfType<PostgresDatabaseResource>().Where(d => server.Databases.ContainsKey(d.Name)))
        {
            await CreateAsync(connection, database, logger, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task CreateAsync(NpgsqlConnection connection, PostgresDatabaseResource database, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(Statement(database), connection);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            LogCreated(logger, database.DatabaseName);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            LogExists(logger, database.DatabaseName);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // As in Aspire: the database's own health check reports that it is missing.
            LogFailed(logger, exception, database.DatabaseName);
        }
    }

    private static string Statement(PostgresDatabaseResource database)
    {
        if (database.TryGetLastAnnotation<PostgresCreateDatabaseScriptAnnotation>(out var creation))
        {
            return creation.Script;
        }

        using var quoting = new NpgsqlCommandBuilder();
        return $"CREATE DATABASE {quoting.QuoteIdentifier(database.DatabaseName)}";
    }

    [LoggerMessage(LogLevel.Debug, "Created database '{DatabaseName}'")]
    private static partial void LogCreated(ILogger logger, string databaseName);

    [LoggerMessage(LogLevel.Debug, "Database '{DatabaseName}' already exists")]
    private static partial void LogExists(ILogger logger, string databaseName);

    [LoggerMessage(LogLevel.Error, "Failed to create database '{DatabaseName}'")]
    private static partial void LogFailed(ILogger logger, Exception exception, string databaseName);
}
