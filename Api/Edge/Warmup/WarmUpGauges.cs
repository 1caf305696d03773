using System.Diagnostics.Metrics;

namespace EmbedStack.Api.Edge.Warmup;

/// <summary>How far the warm-up is, of the instance that warms up. Names are part of the contract.</summary>
internal sealed class WarmUpGauges(IMeterFactory meters, WarmUp warmUp) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Instrumentation.Name);
        meter.CreateObservableGauge("embedstack.edge.warm_up.total", () => warmUp.Progress.Total, "{question}", "Questions of the warm-up.");
        meter.CreateObservableGauge("embedstack.edge.warm_up.done", () => warmUp.Progress.Done, "{question}", "Of these, asked.");
        meter.CreateObservableGauge("embedstack.edge.warm_up.failed", () => warmUp.Progress.Failed, "{question}", "Of these, without an answer.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
