using System.Diagnostics;
using EmbedStack.Api.Edge;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Upstreams;
using EmbedStack.Api.Exports;
using EmbedStack.Api.Http;
using EmbedStack.Api.Identity;
using EmbedStack.Api.Persistence;
using EmbedStack.Api.Secrets;
using Npgsql;

namespace EmbedStack.Api.Health;

/// <summary>Asks each part of the stack whether it answers, all at once and none for long.</summary>
internal sealed class PartChecks(
    NpgsqlDataSource database, SupersetUpstream superset, SupersetInstances instances, KeycloakClient keycloak, RendererClient renderer, SecretAges secrets, DataAccessSpool spool,
    SpoolSettings spoolSettings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public Task<PartHealth[]> CheckAsync(CancellationToken cancellationToken) => Task.WhenAll(
        AskAsync("database", stop => database.ExecuteAsync("select 1", [], stop), cancellationToken),
        CheckSupersetAsync(cancellationToken),
        AskAsync("keycloak", stop => keycloak.ReadIssuerAsync(stop), cancellationToken),
        renderer.IsThere ? AskAsync("renderer", renderer.CheckAsync, cancellationToken) : Task.FromResult(new PartHealth("renderer", PartHealth.Absent, 0)),
        Task.FromResult(new PartHealth("secrets", secrets.Overdue.Any() ? PartHealth.Degraded : PartHealth.Up, 0)),
        Task.FromResult(new PartHealth("audit", spool.Backlog > spoolSettings.LongestBacklog / 2 ? PartHealth.Degraded : PartHealth.Up, 0)));

    private async Task<PartHealth> CheckSupersetAsync(CancellationToken cancellationToken)
    {
        var asked = await AskAsync("superset", AskSupersetAsync, cancellationToken);
        return asked.State == PartHealth.Up && instances.All.Any(one => one.State != InstanceState.There) ? asked with { State = PartHealth.Degraded } : asked;
    }

    private async Task AskSupersetAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health");
        using var answer = await superset.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<PartHealth> AskAsync(string name, Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var (state, started) = (PartHealth.Up, Stopwatch.GetTimestamp());
        try
        {
            await ask(patience.Token);
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested
            && (away is ProblemException or HttpRequestException or OperationCanceledException || DatabaseFailure.Is(away)))
        {
            state = PartHealth.Down;
        }

        return new(name, state, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
