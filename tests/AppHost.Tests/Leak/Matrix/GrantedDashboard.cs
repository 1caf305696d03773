using System.Net;
using Aspire.Hosting.Testing;
using EmbedStack.AppHost.Tests.Stack;
using Npgsql;

namespace EmbedStack.AppHost.Tests.Leak.Matrix;

/// <summary>A dashboard that a role has for as long as a test takes: one row of the product's entitlements.</summary>
internal sealed class GrantedDashboard : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly NpgsqlDataSource database;
    private readonly string dashboard;
    private readonly string role;

    private GrantedDashboard(NpgsqlDataSource database, string dashboard, string role) => (this.database, this.dashboard, this.role) = (database, dashboard, role);

    /// <summary>Grants it, and waits until these persons get tokens for it, or what else the mint will answer.</summary>
    public static async Task<GrantedDashboard> ToAsync(
        StackFixture stack, string dashboard, string role, IEnumerable<Person> persons, HttpStatusCode answer = HttpStatusCode.OK)
    {
        var granted = new GrantedDashboard(NpgsqlDataSource.Create((await stack.Application.GetConnectionStringAsync("embedstack-db"))!), dashboard, role);
        await granted.ExecuteAsync("insert into shared.entitlements (dashboard_key, role) values ($1, $2)", TestContext.Current.CancellationToken);
        foreach (var person in persons)
        {
            await WaitAsync(stack, dashboard, person, answer);
        }

        return granted;
    }

    public async ValueTask DisposeAsync()
    {
        // Not the test's token: what a test that was stopped granted must not stay.
        using var patience = new CancellationTokenSource(Limit);
        await ExecuteAsync("delete from shared.entitlements where dashboard_key = $1 and role = $2", patience.Token);
        await database.DisposeAsync();
    }

    private static async Task WaitAsync(StackFixture stack, string dashboard, Person person, HttpStatusCode answer)
    {
        var session = await stack.Sessions.OfAsync(person);
        var until = DateTime.UtcNow + Limit;
        while (true)
        {
            var (status, body) = await session.MintAsync(new { dashboard_key = dashboard }, TestContext.Current.CancellationToken);
            if (status == answer)
            {
                return;
            }

            Assert.True(DateTime.UtcNow < until, $"{person} asked for {dashboard} and was not answered {(int)answer} after {Limit} but {(int)status} {body}");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = dashboard });
        command.Parameters.Add(new() { Value = role });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
