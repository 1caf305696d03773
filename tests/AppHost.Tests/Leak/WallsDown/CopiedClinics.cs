using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.WallsDown;

/// <summary>A copy of the shared clinics' database, to take walls down in.</summary>
internal sealed class CopiedClinics(StackFixture stack) : IAsyncDisposable
{
    public const string Database = "clinic_walls_down";

    private const string Server = "postgres";
    private const int Attempts = 20;

    private const string ObjectInUse = "55006";

    public static async Task<CopiedClinics> MakeAsync(StackFixture stack)
    {
        var copy = new CopiedClinics(stack);
        await copy.DropAsync();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ClinicOracle.ExecuteAsync(stack, Server, $"create database {Database} template clinic");
                break;
            }
            catch (PostgresException e) when (e.SqlState == ObjectInUse && attempt < Attempts)
            {
                // A health check's connection waits in its pool; the next one opens another.
                await ClinicOracle.ExecuteAsync(stack, Server, "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'clinic' and state = 'idle'");
            }
        }

        await ClinicOracle.ExecuteAsync(stack, Server, $"grant connect on database {Database} to clinic_reader");
        return copy;
    }

    /// <summary>Takes the database's wall down.</summary>
    public Task DropPoliciesAsync() => ClinicOracle.ExecuteAsync(
        stack,
        Database,
        """
        do $$
        declare wall regclass;
        begin
            for wall in select oid::regclass from pg_class where relrowsecurity loop
                execute format('alter table %s disable row level security, no force row level security', wall);
            end loop;
        end $$
        """);

    public async ValueTask DisposeAsync() => await DropAsync();

    private Task DropAsync() => ClinicOracle.ExecuteAsync(stack, Server, $"drop database if exists {Database} with (force)");
}
