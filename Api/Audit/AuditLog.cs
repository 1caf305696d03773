using EmbedStack.Api.Http;
using EmbedStack.Api.Persistence;

namespace EmbedStack.Api.Audit;

/// <summary>
/// Writes audit rows. What is audited waits for the row: if it cannot be written, the act does not happen. What comes while
/// a batch is being committed makes the next one, so that many callers share a commit and nobody waits for company.
/// </summary>
internal sealed partial class AuditLog(
    AuditStore store, TimeProvider time, AuditMetrics metrics, IEnumerable<IAuditObserver> observers, ILogger<AuditLog> logger)
{
    private const int LargestBatch = 256;
    private const int LongestQueue = 10_000;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _queue = [];
    private AuditChain? _chain;
    private bool _writing;

    /// <exception cref="ProblemException">The row was not written, as far as we know.</exception>
    public Task WriteAsync(AuditEvent entry, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(new AuditEntry(entry, time.GetUtcNow()));
        lock (_lock)
        {
            if (_queue.Count >= LongestQueue)
            {
                throw new ProblemException(Problems.DatabaseUnavailable);
            }

            _queue.Enqueue(waiting);
            if (!_writing)
            {
                _writing = true;
                using var ownContext = ExecutionContext.SuppressFlow(); // the batch is no part of the first caller's trace
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        return waiting.Written.Task.WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            await WriteAsync(batch);
        }
    }

    private List<Waiting> Take()
    {
        lock (_lock)
        {
            var batch = new List<Waiting>();
            while (batch.Count < LargestBatch && _queue.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            _writing = batch.Count > 0;
            return batch;
        }
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        using var measure = metrics.Start(batch.Count, batch.Select(waiting => waiting.Caller));
        IReadOnlyList<AuditRow> rows;
        try
        {
            _chain ??= AuditChain.After(await store.FindLastAsync(CancellationToken.None));
            rows = await store.AddAsync(_chain, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), [.. batch.Select(waiting => waiting.Entry)], CancellationToken.None);
            measure.Succeed();
        }
        catch (Exception exception)
        {
            LogFailed(batch.Count, DatabaseFailure.Is(exception) ? exception.GetBaseException().Message : exception.ToString());
            _chain = _chain?.Renew();
            batch.ForEach(waiting => waiting.Written.TrySetException(new ProblemException(Problems.DatabaseUnavailable, exception)));
            return;
        }

        foreach (var (waiting, row) in batch.Zip(rows))
        {
            Tell(waiting.Entry, row);
            waiting.Written.TrySetResult();
        }
    }

    private void Tell(AuditEntry entry, AuditRow row)
    {
        metrics.Count(row);
        foreach (var observer in observers)
        {
            try
            {
                observer.Written(entry, row);
            }
            catch (Exception exception)
            {
                LogDeaf(exception, observer.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} audit rows could not be written, what they tell of is refused: {Cause}")]
    private partial void LogFailed(int count, string cause);

    [LoggerMessage(LogLevel.Error, "{Observer} failed over an audit row")]
    private partial void LogDeaf(Exception exception, string observer);

    private sealed class Waiting(AuditEntry entry)
    {
        public AuditEntry Entry { get; } = entry;

        public System.Diagnostics.ActivityContext? Caller { get; } = System.Diagnostics.Activity.Current?.Context;

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
