namespace Aspire.Hosting.Superset;

/// <summary>The names of the environment variables that Superset's configuration reads.</summary>
internal static class SupersetEnvironment
{
    public const string SecretKey = "SUPERSET_SECRET_KEY";
    public const string JwtSecretKey = "SUPERSET_JWT_SECRET_KEY";
    public const string ConfigPath = "SUPERSET_CONFIG_PATH";
    public const string Port = "SUPERSET_PORT";
    public const string Workers = "SUPERSET_WORKERS";
    public const string Threads = "SUPERSET_THREADS";
    public const string MetadataDatabase = "SUPERSET_DB";
    public const string Cache = "REDIS";
    public const string PythonPath = "PYTHONPATH";
    public const string GuestTokenSecret = "GUEST_TOKEN_JWT_SECRET";
    public const string GuestTokenSecretFile = "GUEST_TOKEN_JWT_SECRET_FILE";
    public const string GuestTokenAudience = "GUEST_TOKEN_JWT_AUDIENCE";
    public const string HostOrigins = "HOST_ORIGINS";
}
