using EmbedStack.Api.Http;

namespace EmbedStack.Api.Edge.DataAccess;

/// <summary>
/// Writes accesses down before they are answered: on this machine's disk, flushed, so that neither Postgres nor the
/// process has to live. What comes while a batch is being flushed makes the next one. Beyond the backlog nothing is shown.
/// </summary>
internal sealed partial class DataAccessSpool : IDisposable
{
    private const int LargestBatch = 1024;
    private const int LongestQueue = 20_000;

    // Whoever ships one has all of it in memory.
    private const int LargestSegment = 512 * 1024;
    private readonly Lock _lock = new();
    private readonly Queue<(DataAccessEntry Entry, TaskCompletionSource Written)> _queue = [];
    private readonly SemaphoreSlim _file = new(1, 1);
    private readonly SpoolSegment _format;
    private readonly SpoolSettings _settings;
    private readonly ILogger<DataAccessSpool> _logger;
    private FileStream? _segment;
    private long _number;
    private long _counted;
    private long _backlog;
    private bool _writing;

    public DataAccessSpool(SpoolSettings settings, SpoolSegment format, ILogger<DataAccessSpool> logger)
    {
        (_settings, _format, _logger) = (settings, format, logger);
        Folder = SpoolFolder.Create(settings.Directory);
        DurableFolder.Flush(settings.Directory);
    }

    public SpoolFolder Folder { get; }

    /// <summary>Bytes that wait for Postgres.</summary>
    public long Backlog => Interlocked.Read(ref _backlog);

    /// <exception cref="ProblemException">It was not written: what it tells of must not happen.</exception>
    public Task WriteAsync(DataAccessEntry entry)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_queue.Count >= LongestQueue || Backlog > _settings.LongestBacklog)
            {
                throw new ProblemException(Problems.AuditUnavailable);
            }

            _queue.Enqueue((entry, written));
            if (!_writing)
            {
                _writing = true;
                using var ownContext = ExecutionContext.SuppressFlow(); // the batch is no part of the first caller's trace
                _ = Task.Run(WriteAllAsync);
            }
        }

        return written.Task;
    }

    /// <summary>Ends the segment that is being written: what stands in it may be shipped.</summary>
    /// <returns>The number of the first segment that may not be read yet.</returns>
    public async Task<long> CutAsync(CancellationToken cancellationToken)
    {
        await _file.WaitAsync(cancellationToken);
        try
        {
            if (_segment is not null)
            {
                await _segment.DisposeAsync();
                _segment = null;
            }

            return _number;
        }
        finally
        {
            _file.Release();
        }
    }

    /// <summary>Counts what has been shipped, or what was found from before.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _backlog, bytes);

    public void Dispose()
    {
        _segment?.Dispose();
        _file.Dispose();
        Folder.Dispose();
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Length: > 0 } batch)
        {
            try
            {
                await WriteAsync(_format.Seal([.. batch.Select(waiting => waiting.Entry)]));
                Array.ForEach(batch, waiting => waiting.Written.TrySetResult());
            }
            catch (Exception exception)
            {
                LogFailed(batch.Length, exception.Message);
                Array.ForEach(batch, waiting => waiting.Written.TrySetException(new ProblemException(Problems.AuditUnavailable, exception)));
            }
        }
    }

    private (DataAccessEntry Entry, TaskCompletionSource Written)[] Take()
    {
        lock (_lock)
        {
            var batch = new List<(DataAccessEntry, TaskCompletionSource)>();
            while (batch.Count < LargestBatch && _queue.TryDequeue(out var next))
            {
                batch.Add(next);
            }

            _writing = batch.Count > 0;
            return [.. batch];
        }
    }

    private async Task WriteAsync(byte[] batch)
    {
        await _file.WaitAsync();
        try
        {
            if (_segment is { } full && _counted >= LargestSegment)
            {
                _segment = null;
                await full.DisposeAsync();
            }

            if (_segment is null)
            {
                (_segment, _counted) = (Folder.OpenSegment(_number++), 0);
                DurableFolder.Flush(Folder.Path);
            }

            await _segment.WriteAsync(batch);
            _segment.Flush(flushToDisk: true);
            Count(batch.Length);
            _counted += batch.Length;
        }
        catch
        {
            // Half a batch may stand there: nothing may follow it, and it is shipped with the rest.
            CountHalf();
            _segment?.Dispose();
            _segment = null;
            throw;
        }
        finally
        {
            _file.Release();
        }
    }

    private void CountHalf()
    {
        try
        {
            Count((_segment?.Length ?? _counted) - _counted);
        }
        catch (IOException)
        {
            // The disk that failed does not say either.
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} data accesses could not be written down, what they tell of is refused: {Cause}")]
    private partial void LogFailed(int count, string cause);
}
