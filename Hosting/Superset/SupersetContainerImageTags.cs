namespace Aspire.Hosting.Superset;

internal static class SupersetContainerImageTags
{
    /// <remarks>docker.io</remarks>
    public const string Registry = "docker.io";

    /// <remarks>apache/superset</remarks>
    public const string Image = "apache/superset";

    /// <remarks>6.1.0</remarks>
    public const string Tag = "6.1.0";
}
