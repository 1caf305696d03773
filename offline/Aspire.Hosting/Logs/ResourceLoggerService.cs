using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources' logs.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, LogBacklog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposing = new();
    private ImmutableList<Channel<LogSubscriber>> _subscriberWatchers = [];

    /// <summary>Reads the lines of an instance that the engine holds itself.</summary>
    internal Func<string, CancellationToken, IAsyncEnumerable<LogLine>>? ReadEngineLines { get; set; }

    /// <summary>Writes into a resource's log.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The log.</returns>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new BacklogLogger([.. resource.GetInstanceNames().Select(LogOf)]);
    }

    /// <summary>Writes into an instance's log.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>The log.</returns>
    public ILogger GetLogger(string resourceName) => new BacklogLogger([LogOf(resourceName)]);

    /// <summary>Reads a resource's log: what there is, then what comes.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Lines in batches.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var names = resource.GetInstanceNames();
        return names.Length == 1 ? LogOf(names[0]).ReadAsync() : MergeAsync(names.Select(n => LogOf(n).ReadAsync()));
    }

    /// <summary>Reads an instance's log: what there is, then what comes.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>Lines in batches.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => LogOf(resourceName).ReadAsync();

    /// <summary>Reads a resource's log as it is now.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Lines in batches.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return AllOf(resource.GetInstanceNames());
    }

    /// <summary>Reads an instance's log as it is now.</summary>
    /// <param name="resourceName">The instance's id.</param>
    /// <returns>Lines in batches.</returns>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => AllOf([resourceName]);

    /// <summary>Tells whose logs are being read.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Each change.</returns>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        lock (_gate)
        {
            _subscriberWatchers = _subscriberWatchers.Add(channel);
        }

        foreach (var log in _logs.Values.Where(l => l.HasSubscribers))
        {
            channel.Writer.TryWrite(new LogSubscriber(log.Name, true));
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _subscriberWatchers = _subscriberWatchers.Remove(channel);
            }
        }
    }

    /// <summary>Ends a resource's log.</summary>
    /// <param name="resource">The resource.</param>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var name in resource.GetInstanceNames())
        {
            Complete(name);
        }
    }

    /// <summary>Ends an instance's log.</summary>
    /// <param name="name">The instance's id.</param>
    public void Complete(string name)
    {
        if (_logs.TryGetValue(name, out var log))
        {
            log.Complete();
        }
    }

    /// <summary>Forgets an instance's lines.</summary>
    /// <param name="resourceName">The instance's id.</param>
    public void ClearBacklog(string resourceName)
    {
        if (_logs.TryGetValue(resourceName, out var log))
        {
            log.Clear();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposing.Cancel();
        _disposing.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Append(string instanceName, string content, bool isError) => LogOf(instanceName).Add(content, isError);

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> MergeAsync(IEnumerable<IAsyncEnumerable<IReadOnlyList<LogLine>>> sources)
    {
        var channel = Channel.CreateUnbounded<IReadOnlyList<LogLine>>();
        using var stop = new CancellationTokenSource();
        async Task PumpAsync(IAsyncEnumerable<IReadOnlyList<LogLine>> source)
        {
            await foreach (var batch in source.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                channel.Writer.TryWrite(batch);
            }
        }

        _ = Task.WhenAll(sources.Select(PumpAsync)).ContinueWith(_ => channel.Writer.TryComplete(), TaskScheduler.Default);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> AllOf(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            var log = LogOf(name);
            var lines = log.Snapshot();
            if (!log.HasSubscribers && ReadEngineLines is { } read)
            {
                var held = new List<LogLine>();
                await foreach (var line in read(name, _disposing.Token).ConfigureAwait(false))
                {
                    held.Add(line);
                }

                var known = lines.Select(l => l.Content).ToHashSet(StringComparer.Ordinal);
                lines = [.. lines.Concat(held.Where(l => !known.Contains(l.Content))).OrderBy(l => LogTimestamp.Of(l.Content)).Select((l, i) => l with { LineNumber = i + 1 })];
            }

            if (lines.Length > 0)
            {
                yield return lines;
            }
        }
    }

    private LogBacklog LogOf(string name) => _logs.GetOrAdd(name, n => new LogBacklog(n, OnSubscribers));

    private void OnSubscribers(LogSubscriber change)
    {
        foreach (var watcher in _subscriberWatchers)
        {
            watcher.Writer.TryWrite(change);
        }
    }
}
