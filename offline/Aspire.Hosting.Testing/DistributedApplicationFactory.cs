using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost in the test's process.</summary>
/// <remarks>The AppHost's entry point builds the application and runs it; this class changes what it builds, and stops it.</remarks>
public class DistributedApplicationFactory : IDisposable, IAsyncDisposable
{
    private readonly Type _entryPoint;
    private readonly string[] _args;
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = NewSource<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource<DistributedApplication> _built = NewSource<DistributedApplication>();
    private readonly TaskCompletionSource<bool> _started = NewSource<bool>();
    private readonly TaskCompletionSource<bool> _ended = NewSource<bool>();
    private readonly CancellationTokenSource _disposing = new();
    private DistributedApplication? _letGo;
    private int _entryPointStarted;

    /// <summary>Makes a factory.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly, <c>Projects.AppHost</c> for example.</param>
    public DistributedApplicationFactory(Type entryPoint)
        : this(entryPoint, [])
    {
    }

    /// <summary>Makes a factory.</summary>
    /// <param name="entryPoint">A type of the AppHost's assembly, <c>Projects.AppHost</c> for example.</param>
    /// <param name="args">The AppHost's arguments.</param>
    public DistributedApplicationFactory(Type entryPoint, string[] args)
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        Arguments.ThrowIfNullOrEmpty(args);
        (_entryPoint, _args) = (entryPoint, args);
    }

    /// <summary>Starts the application, and waits until it has started.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The start.</returns>
    public Task StartAsync(CancellationToken cancellationToken = default) => ResolveAsync(_started, cancellationToken);

    /// <summary>Creates a client whose base address is one of the resource's endpoints.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="endpointName">The endpoint's name; <c>https</c>, then <c>http</c> where none is given.</param>
    /// <returns>The client.</returns>
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = null)
        => StartedApplication.CreateHttpClient(resourceName, endpointName);

    /// <summary>Gets the resource's connection string.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <returns>The connection string.</returns>
    public ValueTask<string?> GetConnectionString(string resourceName) => StartedApplication.GetConnectionStringAsync(resourceName);

    /// <summary>Gets the address of one of the resource's endpoints.</summary>
    /// <param name="resourceName">The resource's name.</param>
    /// <param name="endpointName">The endpoint's name; <c>https</c>, then <c>http</c> where none is given.</param>
    /// <returns>The address.</returns>
    public Uri GetEndpoint(string resourceName, string? endpointName = null) => StartedApplication.GetEndpoint(resourceName, endpointName);

    /// <summary>Stops the application and waits for its end.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application and waits for its end.</summary>
    /// <returns>The end.</returns>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposing.IsCancellationRequested)
        {
            return;
        }

        await _disposing.CancelAsync();
        _building.TrySetCanceled();
        _started.TrySetCanceled();
        if (!_built.Task.IsCompletedSuccessfully)
        {
            _built.TrySetCanceled();
            return;
        }

        await StopAsync(await _built.Task);
    }

    /// <summary>Called before the builder is made.</summary>
    /// <param name="applicationOptions">The application's options.</param>
    /// <param name="hostOptions">The host's options.</param>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>Called when the builder is made, before the AppHost adds anything.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called before the application is built, when the AppHost has added everything.</summary>
    /// <param name="applicationBuilder">The builder.</param>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application is built, before it starts.</summary>
    /// <param name="application">The application.</param>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    internal Task<DistributedApplicationBuilder> ResolveBuilderAsync(CancellationToken cancellationToken)
        => ResolveAsync(_building, cancellationToken);

    internal Task<DistributedApplication> ResolveApplicationAsync(CancellationToken cancellationToken)
        => ResolveAsync(_built, cancellationToken);

    private DistributedApplication StartedApplication => _started.Task.IsCompletedSuccessfully
        ? _built.Task.Result
        : throw new InvalidOperationException("The application has not started: call StartAsync first.");

    private async Task<T> ResolveAsync<T>(TaskCompletionSource<T> source, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposing.IsCancellationRequested, this);
        EnsureEntryPointStarted();
        return await source.Task.WaitAsync(cancellationToken);
    }

    private void EnsureEntryPointStarted()
    {
        if (Interlocked.Exchange(ref _entryPointStarted, 1) != 0)
        {
            return;
        }

        new EntryPointRun(_entryPoint.Assembly, _args)
        {
            Constructing = (options, settings) => TestingDefaults.Apply(_args, options, settings, _entryPoint.Assembly, OnBuilderCreating),
            Constructed = OnBuilderCreated,
            Building = builder =>
            {
                ObservedHost.Observe(builder.Services, _started, _disposing.Token);
                _building.TrySetResult(builder);
                OnBuilding(builder);
            },
            Built = application =>
            {
                OnBuilt(application);
                if (!_built.TrySetResult(application))
                {
                    _letGo = application;
                }
            },
            Ended = OnEnded,
        }.Start();
    }

    private void OnEnded(Exception? failure)
    {
        // Nobody else disposes it, and it watches its settings' files.
        _letGo?.Dispose();
        var reason = failure ?? new InvalidOperationException($"The entry point of {_entryPoint.Assembly.GetName().Name} ended without running an application.");
        _building.TrySetException(reason);
        _built.TrySetException(reason);
        _started.TrySetException(reason);
        _ended.TrySetResult(true);
    }

    private async Task StopAsync(DistributedApplication application)
    {
        var limit = application.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout;
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();

        // The entry point stands in Run, which stops the application when it is told to.
        using var whenStarted = lifetime.ApplicationStarted.Register(lifetime.StopApplication);
        await IgnoreTimeoutAsync(_ended.Task.WaitAsync(limit));
        await IgnoreTimeoutAsync(application.StopAsync(CancellationToken.None).WaitAsync(limit));
        await IgnoreTimeoutAsync(application.DisposeAsync().AsTask().WaitAsync(limit));
    }

    private static async Task IgnoreTimeoutAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private static TaskCompletionSource<T> NewSource<T>()
    {
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A failure that nobody asks for is no failure of the process.
        _ = source.Task.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return source;
    }
}
