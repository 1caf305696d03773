using System.Diagnostics.Metrics;
using EmbedStack.Api.Edge.DataAccess;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What is kept, and what waits for the audit. Names are part of the contract.</summary>
internal sealed class CacheGauges(IMeterFactory meters, AnswerMemory memory, DataAccessSpool spool) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Instrumentation.Name);
        meter.CreateObservableGauge("embedstack.edge.cache.memory", () => memory.Bytes, "By", "Answers kept in memory.");
        meter.CreateObservableGauge("embedstack.edge.data_access.backlog", () => spool.Backlog, "By", "Data accesses that wait for Postgres.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
