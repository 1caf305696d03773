namespace EmbedStack.AppHost.Runtime;

/// <summary>
/// The versions of the backing services: the images' tags, and beside each what the native runtime was tested with.
/// </summary>
internal static class Versions
{
    public const string PostgresRegistry = "docker.io";

    public const string PostgresImage = "library/postgres";

    /// <remarks>Native: Debian 12's postgresql-15, 15.20.</remarks>
    public const string PostgresTag = "15.20";

    public const string RedisRegistry = "docker.io";

    public const string RedisImage = "library/redis";

    /// <remarks>Native: Debian 12's redis-server, 7.0.15.</remarks>
    public const string RedisTag = "7.0.15";

    public const string KeycloakRegistry = "quay.io";

    public const string KeycloakImage = "keycloak/keycloak";

    /// <remarks>Native: the Quarkus distribution of the same version, from Maven Central.</remarks>
    public const string KeycloakTag = "26.7.3";

    /// <summary>What SupersetContainer/Dockerfile builds on; Superset itself is pinned in its requirements.txt.</summary>
    /// <remarks>Native: CPython 3.11 of the machine.</remarks>
    public const string PythonImage = "docker.io/library/python:3.11-slim-bookworm";

    /// <summary>What Renderer/Dockerfile builds with; no part of it is in the image that runs.</summary>
    public const string DotnetImage = "mcr.microsoft.com/dotnet/sdk:10.0";

    /// <summary>What Renderer/Dockerfile puts Chromium on.</summary>
    /// <remarks>Native: Debian 12's chromium, or what else is on the PATH.</remarks>
    public const string DebianImage = "docker.io/library/debian:bookworm-slim";

    /// <summary>Every image that the container runtime cannot do without: not the renderer's, which the stack is up without.</summary>
    public static IReadOnlyList<string> Images { get; } =
    [
        $"{PostgresRegistry}/{PostgresImage}:{PostgresTag}",
        $"{RedisRegistry}/{RedisImage}:{RedisTag}",
        $"{KeycloakRegistry}/{KeycloakImage}:{KeycloakTag}",
        PythonImage,
    ];
}
