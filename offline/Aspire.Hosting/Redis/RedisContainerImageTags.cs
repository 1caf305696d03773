namespace Aspire.Hosting.Redis;

internal static class RedisContainerImageTags
{
    internal const string Registry = "docker.io";

    internal const string Image = "library/redis";

    internal const string Tag = "8.6";
}
