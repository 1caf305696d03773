namespace Aspire.Hosting.Postgres;

internal static class PostgresContainerImageTags
{
    internal const string Registry = "docker.io";
    internal const string Image = "library/postgres";
    internal const string Tag = "18.3";
}
