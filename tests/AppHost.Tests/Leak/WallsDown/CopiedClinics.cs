using System.Net;
using System.Text.Json.Nodes;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Leak.Asking;
using EmbedStack.AppHost.Tests.Leak.Attacks;
using EmbedStack.AppHost.Tests.Leak.Oracle;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.WallsDown;

/// <summary>A copy of the shared clinics' database, to take walls down in; a clinic is moved there for as long as it is.</summary>
internal sealed class CopiedClinics(StackFixture stack, Person person) : IAsyncDisposable
{
    public const string Database = "clinic_walls_down";

    private const string Server = "postgres";
    private const int Attempts = 20;

    private const string ObjectInUse = "55006";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<CopiedClinics> MakeAsync(StackFixture stack, Person person)
    {
        var copy = new CopiedClinics(stack, person);
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
        await copy.MoveAsync(Database);
        return copy;
    }

    /// <summary>A token for the copy, once the Api and Superset have heard of the move.</summary>
    public static async Task<string> TokenAsync(StackFixture stack, Person person, string dashboard)
    {
        var (api, session) = (await stack.DirectApiAsync(), await stack.Sessions.OfAsync(person));
        for (var until = DateTime.UtcNow + Limit; ; await Task.Delay(500, TestContext.Current.CancellationToken))
        {
            var (status, body) = await api.MintAsync(session, new { dashboard_key = dashboard }, TestContext.Current.CancellationToken);
            if (status == HttpStatusCode.OK
                && (string)JsonNode.Parse(body)!["token"]! is var token
                && (string?)GuestTokenForger.Payload(GuestTokenForger.Assertion(token))["store"]!["database"] == Database
                && (await new Guest(stack, token).GetAsync("api/v1/me/roles/", Way.Passed)).IsOk)
            {
                return token;
            }

            Assert.True(DateTime.UtcNow < until, $"No token of {person} for {Database} was honoured within {Limit}; the last mint answered {(int)status}.");
        }
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

    public async ValueTask DisposeAsync()
    {
        await MoveAsync("clinic");
        await DropAsync();
    }

    private async Task MoveAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!);
        await using var command = source.CreateCommand("update shared.tenants set database = $1 where key = $2");
        command.Parameters.Add(new() { Value = database });
        command.Parameters.Add(new() { Value = person.Tenant });
        await command.ExecuteNonQueryAsync();
    }

    private Task DropAsync() => ClinicOracle.ExecuteAsync(stack, Server, $"drop database if exists {Database} with (force)");
}
