namespace Aspire.Hosting.Testing;

/// <summary>The application's host, telling when it has started, and starting no longer than the test wants it to.</summary>
internal sealed class ObservedHost(IHost inner, TaskCompletionSource<bool> started, CancellationToken disposing) : IHost, IAsyncDisposable
{
    private bool _disposed;

    public IServiceProvider Services => inner.Services;

    /// <summary>Puts itself in the place of the host that the builder registered.</summary>
    public static void Observe(IServiceCollection services, TaskCompletionSource<bool> started, CancellationToken disposing)
    {
        var original = services.Single(service => service.ServiceType == typeof(IHost) && !service.IsKeyedService);
        services.Remove(original);
        services.AddSingleton<IHost>(provider => new ObservedHost(Create(original, provider), started, disposing));
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposing);
            await inner.StartAsync(either.Token);
            started.TrySetResult(true);
        }
        catch (Exception exception)
        {
            started.TrySetException(exception);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => inner.StopAsync(cancellationToken);

    // Both the entry point and the test dispose it, and the inner host disposes what holds it.
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            inner.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (inner is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else
        {
            inner.Dispose();
        }
    }

    private static IHost Create(ServiceDescriptor original, IServiceProvider services)
        => (IHost)(original.ImplementationInstance
            ?? original.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, original.ImplementationType!));
}
