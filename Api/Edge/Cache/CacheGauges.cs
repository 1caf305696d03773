using System.Diagnostics.Metrics;
using EmbedStack.Api.Edge.DataAccess;
using EmbedStack.Api.Edge.Warmup;

namespace EmbedStack.Api.Edge.Cache;

/// <summary>What is kept, what waits for the audit, and how far the warm-up is. Names are part of the contract.</summary>
internal sealed class CacheGauges(IMeterFactory meters, AnswerMemory memory, DataAccessSpool spool, WarmUp warmUp) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Instrumentation.Name);
        meter.CreateObservableGauge("embedstack.edge.cache.memory", () => memory.Bytes, "By", "Answers kept in memory.");
        meter.CreateObservableGauge("embedstack.edge.data_access.backlog", () => spool.Backlog, "By", "Data accesses that wait for Postgres.");
        meter.CreateObservableGauge("embedstack.edge.warm_up.total", () => warmUp.Progress.Total, "{question}", "Questions of the warm-up.");
        meter.CreateObservableGauge("embedstack.edge.warm_up.done", () => warmUp.Progress.Done, "{question}", "Of these, asked.");
        meter.CreateObservableGauge("embedstack.edge.warm_up.failed", () => warmUp.Progress.Failed, "{question}", "Of these, without an answer.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
