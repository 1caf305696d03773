namespace EmbedStack.Api.Tests.Stack;

/// <summary>The real time, moved on by the test.</summary>
public sealed class TestClock : TimeProvider
{
    private TimeSpan _ahead;
    private TimeSpan _elapsed;
    private long? _stopped;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => (_stopped ?? System.GetTimestamp()) + (long)(_elapsed.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => _ahead += by;

    /// <summary>Lets no time pass any more for what measures its own waiting.</summary>
    public void Stop() => _stopped = System.GetTimestamp();

    /// <summary>Lets what measures its own waiting believe that it has waited; dates stay.</summary>
    public void Elapse(TimeSpan by) => _elapsed += by;
}
