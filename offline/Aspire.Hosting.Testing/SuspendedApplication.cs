namespace Aspire.Hosting.Testing;

/// <summary>
/// The application as the test sees it. Its entry point starts and stops the real one; this one waits for that.
/// </summary>
internal sealed class SuspendedApplication(SuspendedApplication.FactoryHost host) : DistributedApplication(host)
{
    private readonly FactoryHost _host = host;

    public override Task StartAsync(CancellationToken cancellationToken = default) => _host.StartAsync(cancellationToken);

    public override Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public override Task RunAsync(CancellationToken cancellationToken = default) => _host.RunAsync(cancellationToken);

    internal sealed class FactoryHost(DistributedApplicationFactory factory, DistributedApplication inner) : IHost, IAsyncDisposable
    {
        public IServiceProvider Services => inner.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => factory.StartAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken = default) => factory.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        public void Dispose() => factory.Dispose();

        public ValueTask DisposeAsync() => factory.DisposeAsync();
    }
}
