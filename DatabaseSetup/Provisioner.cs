using Npgsql;

namespace EmbedStack.DatabaseSetup;

/// <summary>
/// Brings the server to the wanted state: databases, one role a consumer, ownership, grants, the schema that
/// Superset and the Api share. Every step may be repeated.
/// </summary>
internal sealed class Provisioner(SetupSettings settings, TextWriter log)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var server = await ServerReadiness.ConnectAsync(settings, cancellation);

        // Two provisioners at once would change the same rows of the catalogue and fail.
        await server.RunAsync("select pg_advisory_lock(hashtext('database-setup'))", cancellation);

        await server.RunScriptAsync("roles.sql", cancellation);
        foreach (var (role, password) in settings.Passwords)
        {
            await server.RunAsync(
                "select pg_temp.set_password($1, $2)", cancellation, role, ScramVerifier.Create(password));
        }

        log.WriteLine($"roles: {settings.Passwords.Count}, passwords set");

        foreach (var database in await MissingDatabasesAsync(server, cancellation))
        {
            // Names.Databases alone: CREATE DATABASE takes no parameters and runs in no function.
            await server.RunAsync($"create database \"{database}\"", cancellation);
            log.WriteLine($"database {database}: created");
        }

        await server.RunScriptAsync("databases.sql", cancellation);
        log.WriteLine("databases: ownership and CONNECT set");

        foreach (var database in await ClinicDatabasesAsync(server, cancellation))
        {
            await RunInAsync(database, "clinic.sql", cancellation);
            await RunInAsync(database, "functions.sql", cancellation);
        }

        await RunInAsync(Names.EmbedStack, "embedstack.sql", cancellation);
        await RunInAsync(Names.EmbedStack, "audit.sql", cancellation);
        await KeepAuditAsync(cancellation);
        log.WriteLine("done");
    }

    private async Task KeepAuditAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString(Names.EmbedStack));
        await connection.OpenAsync(cancellation);
        await connection.RunAsync("update audit.settings set retention_months = $1", cancellation, settings.AuditMonths);
        await connection.RunAsync("select audit.maintain()", cancellation);
        log.WriteLine($"audit: {settings.AuditMonths} months are kept besides the one that runs");
    }

    private async Task RunInAsync(string database, string script, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(settings.ConnectionString(database));
        await connection.OpenAsync(cancellation);
        await connection.RunScriptAsync(script, cancellation);
        log.WriteLine($"database {database}: {script} applied");
    }

    private static async Task<IEnumerable<string>> MissingDatabasesAsync(NpgsqlConnection server, CancellationToken cancellation) =>
        Names.Databases.Except(await ListAsync(server, "select datname from pg_database", cancellation));

    /// <summary>The template, the clinics' own database and those that tenants have had made of the template.</summary>
    private static Task<List<string>> ClinicDatabasesAsync(NpgsqlConnection server, CancellationToken cancellation) =>
        ListAsync(
            server,
            $"select datname from pg_database where datname = '{Names.ClinicTemplate}' or datdba = 'clinic_owner'::regrole order by datname",
            cancellation);

    private static async Task<List<string>> ListAsync(NpgsqlConnection server, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, server);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
