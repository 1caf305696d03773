using System.Collections.Concurrent;

namespace EmbedStack.Api.Tests.Stack;

/// <summary>The real time, moved on by the test.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly ConcurrentDictionary<TestTimer, bool> _timers = new();
    private TimeSpan _ahead;
    private TimeSpan _elapsed;
    private long? _stopped;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => (_stopped ?? System.GetTimestamp()) + (long)(_elapsed.TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(callback, state, gone => _timers.TryRemove(gone, out _));
        _timers[timer] = true;
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by) => _ahead += by;

    /// <summary>Lets no time pass any more for what measures its own waiting.</summary>
    public void Stop() => _stopped = System.GetTimestamp();

    /// <summary>Lets what measures its own waiting believe that it has waited; dates stay.</summary>
    public void Elapse(TimeSpan by) => _elapsed += by;

    /// <summary>
    /// Lets who waits by a timer have waited so much longer. Whose time is over by that has given up when this returns; dates
    /// stay.
    /// </summary>
    public void Hurry(TimeSpan by)
    {
        foreach (var timer in _timers.Keys)
        {
            timer.Hurry(by);
        }
    }
}
