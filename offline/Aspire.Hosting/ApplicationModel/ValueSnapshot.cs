namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set later; readers wait for the first, then see the newest.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class ValueSnapshot<T>
    where T : notnull
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<T>? _newest;

    /// <summary>Whether a value or a failure has been set.</summary>
    public bool IsValueSet => _first.Task.IsCompleted;

    /// <summary>The newest value, waiting for the first.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value.</returns>
    public Task<T> GetValueAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return _newest ?? _first.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sets the value.</summary>
    /// <param name="value">The value.</param>
    public void SetValue(T value)
    {
        lock (_gate)
        {
            if (!_first.TrySetResult(value))
            {
                _newest = Task.FromResult(value);
            }
        }
    }

    /// <summary>Makes readers fail.</summary>
    /// <param name="exception">What they get.</param>
    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        lock (_gate)
        {
            if (!_first.TrySetException(exception))
            {
                _newest = Task.FromException<T>(exception);
            }
        }
    }
}
