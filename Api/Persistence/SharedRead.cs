namespace EmbedStack.Api.Persistence;

/// <summary>
/// Callers who come while a read is under way share its outcome, its failure too: behind a database that hangs they
/// would otherwise wait for one another's timeouts.
/// </summary>
internal sealed class SharedRead<T>(Func<Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task<T>? _running;

    public Task<T> JoinAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running is null or { IsCompleted: true })
            {
                _running = read();
            }

            return _running.WaitAsync(cancellationToken);
        }
    }
}
