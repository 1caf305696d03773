namespace EmbedStack.Api.Tests.Stack;

/// <summary>A real timer whose time can be made to come sooner.</summary>
internal sealed class TestTimer : ITimer
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;
    private readonly Lock _lock = new();
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly Action<TestTimer> _gone;
    private readonly ITimer _real;
    private TimeSpan _period = Never;
    private long? _due;

    public TestTimer(TimerCallback callback, object? state, Action<TestTimer> gone)
    {
        (_callback, _state, _gone) = (callback, state, gone);
        _real = TimeProvider.System.CreateTimer(_ => Fire(), null, Never, Never);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            (_due, _period) = (dueTime == Never ? null : In(dueTime), period);
            return _real.Change(dueTime, Never);
        }
    }

    public void Hurry(TimeSpan by)
    {
        lock (_lock)
        {
            if (_due is not { } due)
            {
                return;
            }

            var left = TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), due) - by;
            if (left > TimeSpan.Zero)
            {
                _due = In(left);
                _real.Change(left, Never);
                return;
            }
        }

        Fire();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _due = null;
        }

        _gone(this);
        _real.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _real.DisposeAsync();
    }

    // Once for each time that it was due, whoever comes first.
    private void Fire()
    {
        lock (_lock)
        {
            if (_due is null)
            {
                return;
            }

            _due = _period == Never || _period == TimeSpan.Zero ? null : In(_period);
            _real.Change(_due is null ? Never : _period, Never);
        }

        _callback(_state);
    }

    private static long In(TimeSpan time) => TimeProvider.System.GetTimestamp() + (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);
}
