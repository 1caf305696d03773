namespace Aspire.Hosting.Redis;

internal sealed class RedisPersistenceAnnotation(TimeSpan interval, long keysChangedThreshold) : IResourceAnnotation
{
    internal TimeSpan Interval => interval;

    internal long KeysChangedThreshold => keysChangedThreshold;
}
